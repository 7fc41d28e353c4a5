import { expect, test } from 'vitest';
import type { LngLat, Station } from '../../shared/registry.ts';
import { greatCircleM, nearestStation } from './nearest-station.ts';

const station = (id: string, location: LngLat): Station => ({ id, name: id, division: '410182100', location });

test('a degree along the meridian is 111.2 km, a degree of longitude at 60° north half of it', () => {
  // 6,371.0088 km × π / 180 = 111.195 km
  expect(greatCircleM([113, 34], [113, 35]) / 1000).toBeCloseTo(111.195, 2);
  expect(greatCircleM([113, 60], [114, 60]) / 1000).toBeCloseTo(55.597, 1);
});

test('the nearest station is the one by distance on the ground, not by degrees', () => {
  // 0.010° of longitude here are 0.92 km, 0.009° of latitude 1.00 km.
  const stations = [station('north', [113.4, 34.709]), station('east', [113.41, 34.7])];
  expect(nearestStation([113.4, 34.7], stations)?.id).toBe('east');
});

test('without stations there is none, and of two alike it is the first', () => {
  expect(nearestStation([113.4, 34.7], [])).toBe(null);
  expect(nearestStation([113.4, 34.7], [station('a', [113.5, 34.7]), station('b', [113.5, 34.7])])?.id).toBe('a');
});
