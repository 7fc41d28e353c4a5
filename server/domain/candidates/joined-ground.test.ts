import { expect, test } from 'vitest';
import { rectangle } from '../ground.fixture.ts';
import { areaM2Of, polygonProblems } from '../polygon-check.ts';
import { joinedGround } from './joined-ground.ts';

test('two pieces with a path of 2 m between them are one field, the path with them, and keep their corners', () => {
  const [west, east] = [rectangle(0, 0, 100, 30), rectangle(102, 0, 160, 30)];
  const joined = joinedGround([west, east])!;
  expect(polygonProblems(joined)).toEqual([]);
  // 160 m × 30 m; its outer corners are those of the pieces.
  expect(Math.abs(areaM2Of(joined) - 4800)).toBeLessThan(15);
  const corners = joined.coordinates[0].map(String);
  for (const corner of [west.coordinates[0][0], west.coordinates[0][3], east.coordinates[0][1], east.coordinates[0][2]])
    expect(corners).toContain(String(corner));
});

test('pieces that touch along a border are one field, in whatever order', () => {
  const rows = [0, 3, 6, 9].map(south => rectangle(0, south, 27, south + 3));
  for (const pieces of [rows, [rows[3], rows[0], rows[2], rows[1]]])
    expect(Math.abs(areaM2Of(joinedGround(pieces)!) - 27 * 12)).toBeLessThan(3);
});

test('pieces with a road of 12 m between them are not', () => {
  expect(joinedGround([rectangle(0, 0, 100, 30), rectangle(0, 42, 100, 70)])).toBeNull();
});
