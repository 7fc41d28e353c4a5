import { expect, test } from 'vitest';
import type { Polygon } from '../../shared/registry.ts';
import { at, polygon, rectangle, ring } from './ground.fixture.ts';
import { areaM2Of, polygonProblems } from './polygon-check.ts';

const square = ring([0, 0], [100, 0], [100, 100], [0, 100]);
const withRings = (...rings: Polygon['coordinates']): Polygon => ({ type: 'Polygon', coordinates: rings });

test('100 m × 100 m are 10,000 m²', () => {
  expect(Math.abs(areaM2Of(rectangle(0, 0, 100, 100)) - 10_000)).toBeLessThan(3);
});

test('a plain field and one with a hole have no problems', () => {
  expect(polygonProblems(rectangle(0, 0, 100, 100))).toEqual([]);
  expect(polygonProblems(withRings(square, ring([40, 40], [60, 40], [60, 60], [40, 60])))).toEqual([]);
});

test('a point given twice is harmless', () => {
  expect(polygonProblems(withRings([square[0], square[0], ...square.slice(1)]))).toEqual([]);
});

test('a field that crosses itself is told where', () => {
  const problems = polygonProblems(polygon([0, 0], [100, 100], [100, 0], [0, 100]));
  const [lng, lat] = at(50, 50);
  expect(problems).toEqual([`outline crosses or touches itself near ${lng.toFixed(6)}, ${lat.toFixed(6)}`]);
});

test('a field that touches itself, or folds back onto its own edge, is refused', () => {
  expect(polygonProblems(polygon([0, 0], [100, 0], [100, 100], [50, 0], [0, 100]))[0]).toMatch(/touches itself/);
  expect(polygonProblems(polygon([0, 0], [100, 0], [100, 100], [100, 200], [100, 100], [0, 100]))[0]).toMatch(/touches itself/);
});

test('a ring that is open or too short is refused', () => {
  expect(polygonProblems(withRings(square.slice(0, 4)))[0]).toMatch(/^outline: not closed, it starts at 113\.600000, 34\.700000/);
  expect(polygonProblems(withRings([square[0], square[1], square[0]]))[0]).toBe(
    'outline: 3 points, at least 4 with the first repeated at the end',
  );
});

test('a hole must lie inside, apart from the outline and from other holes', () => {
  expect(polygonProblems(withRings(square, ring([140, 40], [160, 40], [160, 60], [140, 60])))[0]).toMatch(/^hole 1 lies outside/);
  expect(polygonProblems(withRings(square, ring([90, 40], [110, 40], [110, 60], [90, 60])))[0]).toMatch(/^hole 1 meets outline near/);
  const inner = ring([45, 45], [55, 45], [55, 55], [45, 55]);
  expect(polygonProblems(withRings(square, ring([40, 40], [60, 40], [60, 60], [40, 60]), inner))[0]).toMatch(/^hole 2 lies in hole 1/);
});

test('a field without area, beyond the largest, or off the globe is refused', () => {
  expect(polygonProblems(polygon([0, 0], [100, 0], [50, 0]))).not.toEqual([]);
  expect(polygonProblems(rectangle(0, 0, 4000, 4000))[0]).toMatch(/^its area is 1\d{7} m², at most 13333333 m²$/);
  const swapped = withRings(square.map(([lng, lat]) => [lat, lng]));
  expect(polygonProblems(swapped)[0]).toBe('outline: 34.7, 113.6 is no place in degrees, longitude first');
});
