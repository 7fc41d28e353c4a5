import { expect, test } from 'vitest';
import { BitGrid, close, dilate } from './closing.ts';

const gridOf = (rows: string[]): BitGrid => {
  const grid = new BitGrid(rows[0].length, rows.length);
  for (const [y, row] of rows.entries()) for (const [x, cell] of [...row].entries()) if (cell === '#') grid.set(x, y);
  return grid;
};
const rowsOf = (grid: BitGrid): string[] =>
  Array.from({ length: grid.height }, (_, y) => Array.from({ length: grid.width }, (_, x) => (grid.has(x, y) ? '#' : '.')).join(''));

test('a cell grows into a disc', () => {
  expect(rowsOf(dilate(gridOf(['.......', '.......', '.......', '...#...', '.......', '.......', '.......']), 2))).toEqual([
    '.......',
    '...#...',
    '..###..',
    '.#####.',
    '..###..',
    '...#...',
    '.......',
  ]);
});

test('a sliver between two passes is closed, a wide strip and the outer edge are not', () => {
  const sliver = [
    '..........',
    '..........',
    '..######..',
    '..........',
    '..######..',
    '..........',
    '..........',
    '..........',
    '..######..',
    '..........',
    '..........',
  ];
  const closed = [...sliver];
  closed[3] = '...####...';
  expect(rowsOf(close(gridOf(sliver), 1))).toEqual(closed);
});

test('growing crosses the borders of words', () => {
  const grid = new BitGrid(100, 3);
  grid.set(31, 1);
  grid.set(64, 1);
  const grown = dilate(grid, 40);
  const row = Array.from({ length: 100 }, (_, x) => grown.has(x, 1));
  expect(row).toEqual(row.map(() => true));
  const narrow = dilate(grid, 1);
  expect([30, 31, 32, 33, 62, 63, 64, 65, 66].map(x => narrow.has(x, 1))).toEqual([
    true,
    true,
    true,
    false,
    false,
    true,
    true,
    true,
    false,
  ]);
});

test('closing agrees with its definition cell by cell', () => {
  const rows = Array.from({ length: 40 }, (_, y) =>
    Array.from({ length: 70 }, (_, x) => (x > 5 && x < 64 && y > 5 && y < 34 && (x * 7919 + y * 104729) % 13 < 2 ? '#' : '.')).join(''),
  );
  const radius = 2.5;
  const set = gridOf(rows);
  const disc = (cx: number, cy: number): [number, number][] =>
    Array.from({ length: 49 }, (_, i): [number, number] => [cx + (i % 7) - 3, cy + Math.floor(i / 7) - 3]).filter(
      ([x, y]) => (x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2,
    );
  const inGrid = ([x, y]: [number, number]): boolean => x >= 0 && y >= 0 && x < 70 && y < 40;
  const grown = (x: number, y: number): boolean => disc(x, y).some(cell => inGrid(cell) && set.has(...cell));
  const expected = rows.map((row, y) =>
    [...row].map((_, x) => (disc(x, y).every(cell => !inGrid(cell) || grown(...cell)) ? '#' : '.')).join(''),
  );
  const inner = (all: string[]): string[] => all.slice(3, -3).map(row => row.slice(3, -3));
  expect(inner(rowsOf(close(set, radius)))).toEqual(inner(expected));
});
