import { expect, test } from 'vitest';
import { inBands } from './bands.ts';

test('points come from top to bottom, band by band, and those off the screen not at all', () => {
  const ys = [100, 3, 50, -1, 15.9, 16, 901, 900];
  expect([...inBands(ys, [0, 1, 2, 3, 4, 5, 6, 7], 900)]).toEqual([1, 4, 5, 2, 0, 7]);
});

test('only those asked for are taken', () => {
  expect([...inBands([5, 6, 7], [2, 0], 100)]).toEqual([2, 0]);
});
