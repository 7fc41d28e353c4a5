import { expect, test } from 'vitest';
import { roughAreaMu } from './drawing.ts';

test('the area while drawing is near enough: 100 m × 66.7 m at Zhengzhou are 10 mu, less its hole', () => {
  const [lng, lat] = [113.4, 34.7];
  const [perLng, perLat] = [111_195 * Math.cos((34.7 * Math.PI) / 180), 111_195];
  const rectangle = (east: number, north: number): [number, number][] => [
    [lng, lat],
    [lng + east / perLng, lat],
    [lng + east / perLng, lat + north / perLat],
    [lng, lat + north / perLat],
    [lng, lat],
  ];
  expect(roughAreaMu({ type: 'Polygon', coordinates: [rectangle(100, 200 / 3)] })).toBeCloseTo(10, 4);
  expect(roughAreaMu({ type: 'Polygon', coordinates: [rectangle(100, 200 / 3), rectangle(20, 100 / 3).reverse()] })).toBeCloseTo(9, 4);
});
