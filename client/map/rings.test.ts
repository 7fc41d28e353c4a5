import { expect, test } from 'vitest';
import type { LngLat } from '../../shared/registry.ts';
import { centreOf, isInside, largestRing, ringsOf } from './rings.ts';

const square: LngLat[] = [
  [113, 34],
  [114, 34],
  [114, 36],
  [113, 36],
  [113, 34],
];
const hole: LngLat[] = [
  [113.4, 34.8],
  [113.6, 34.8],
  [113.6, 35.2],
  [113.4, 35.2],
  [113.4, 34.8],
];

test('a point in a hole is outside', () => {
  expect([isInside([square], [113.5, 35]), isInside([square, hole], [113.5, 35]), isInside([square, hole], [113.2, 35])]).toEqual([
    true,
    false,
    true,
  ]);
});

test('longitude and latitude are not mixed up', () => {
  expect(isInside([square], [113.5, 35.9])).toBe(true);
  expect(isInside([square], [114.5, 35])).toBe(false);
});

test('the centre of a rectangle is its middle', () => {
  const [lng, lat] = centreOf(square);
  expect(lng).toBeCloseTo(113.5, 9);
  expect(lat).toBeCloseTo(35, 9);
});

test('the largest ring is chosen whichever way it turns', () => {
  expect(largestRing([hole, [...square].reverse()])).toEqual([...square].reverse());
});

test('outlines come as polygon, as parts, wrapped in a feature, or not at all', () => {
  const polygon = { type: 'Polygon', coordinates: [square] };
  expect(ringsOf(polygon)).toEqual([[square]]);
  expect(ringsOf({ type: 'Feature', geometry: polygon })).toEqual([[square]]);
  expect(ringsOf({ type: 'MultiPolygon', coordinates: [[square], [hole]] })).toEqual([[square], [hole]]);
  expect(ringsOf(null)).toEqual([]);
});
