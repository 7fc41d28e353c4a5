import { expect, test } from 'vitest';
import { BitGrid } from './closing.ts';
import { outlinesOf, signedArea, simplified } from './outline.ts';

/** The first line is the northernmost row. */
const gridOf = (...rows: string[]): BitGrid => {
  const grid = new BitGrid(rows[0].length, rows.length);
  for (const [i, row] of rows.entries()) for (const [x, cell] of [...row].entries()) if (cell === '#') grid.set(x, rows.length - 1 - i);
  return grid;
};

test('a rectangle of 3 × 2 cells has four corners, anticlockwise', () => {
  expect(outlinesOf(gridOf('.....', '.###.', '.###.', '.....'))).toEqual([
    [
      [
        [1, 1],
        [4, 1],
        [4, 3],
        [1, 3],
        [1, 1],
      ],
    ],
  ]);
});

test('a hole comes with its shell, clockwise', () => {
  const [rings] = outlinesOf(gridOf('.....', '.###.', '.#.#.', '.###.', '.....'));
  expect(rings.map(signedArea)).toEqual([9, -1]);
});

test('cells that touch only at a corner are two parts', () => {
  expect(outlinesOf(gridOf('....', '..#.', '.#..', '....')).map(([shell]) => signedArea(shell))).toEqual([1, 1]);
});

test('an island in a hole is a part of its own', () => {
  const parts = outlinesOf(gridOf('.......', '.#####.', '.#...#.', '.#.#.#.', '.#...#.', '.#####.', '.......'));
  expect(parts.map(rings => rings.map(signedArea)).sort((a, b) => a[0] - b[0])).toEqual([[1], [25, -9]]);
});

test('steps of one cell along a slanting edge become one line', () => {
  const stairs: [number, number][] = [[0, 0]];
  for (let i = 0; i < 10; i++) stairs.push([i + 1, i], [i + 1, i + 1]);
  stairs.push([0, 10], [0, 0]);
  expect(simplified(stairs, 1)).toEqual([
    [0, 0],
    [10, 10],
    [0, 10],
    [0, 0],
  ]);
});
