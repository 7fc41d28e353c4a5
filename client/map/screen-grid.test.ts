import { expect, test } from 'vitest';
import { ScreenGrid } from './screen-grid.ts';

const grid = new ScreenGrid([10, 40, 41], [10, 10, 60], [0, 1, 2]);

test('the nearest point is found across cell borders', () => {
  expect(grid.nearest(30, 10, 14)).toBe(1);
  expect(grid.nearest(20, 10, 14)).toBe(0);
});

test('beyond its reach nothing is found', () => {
  expect(grid.nearest(41, 30, 14)).toBe(-1);
});
