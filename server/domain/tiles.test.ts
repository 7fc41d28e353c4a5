import { expect, test } from 'vitest';
import type { LngLat } from '../../shared/registry.ts';
import { hullOf } from './hull.ts';
import { centreOf, tilesOf, tileX, tileY } from './tiles.ts';
import { UnitAt } from './unit-at.ts';

const square = (west: number, south: number, size: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ] as [number, number][],
  ],
});

test('tiles are those of the web maps: Zhengzhou station lies in 6682/3251 at zoom 13', () => {
  // By hand: x = (113.65 + 180) / 360 × 8192 = 6682.2; y from the Mercator formula at 34.75° N = 3251.8.
  expect([tileX(113.65), tileY(34.75)]).toEqual([6682, 3251]);
});

test('a field that straddles a border is in both tiles', () => {
  const border = (6682 / 8192) * 360 - 180;
  expect(tilesOf(square(border - 0.001, 34.75, 0.002))).toEqual(['6681/3251', '6682/3251']);
});

test('the centre is that of the bounding box', () => {
  expect(centreOf(square(113, 34, 1))).toEqual([113.5, 34.5]);
});

test('a place belongs to the unit around it, to none outside all', () => {
  const units = new UnitAt([
    { division: 'west', polygon: square(113, 34, 1) },
    { division: 'east', polygon: square(114, 34, 1) },
  ]);
  expect([units.find(113.5, 34.5), units.find(114.5, 34.5, 'west'), units.find(116, 34.5, 'east')]).toEqual(['west', 'east', null]);
});

test('the hull of a set of places is a closed ring around them, and leaves out what lies inside or on an edge', () => {
  const inside: LngLat[] = [
    [1, 1],
    [1, 0],
  ];
  const corners: LngLat[] = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
  ];
  expect(hullOf([...inside, ...corners.toReversed()])).toEqual([...corners, corners[0]]);
  expect(hullOf(corners.slice(0, 2))).toBeNull();
  expect(hullOf([])).toBeNull();
});
