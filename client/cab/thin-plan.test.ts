import { expect, test } from 'vitest';
import { holesIn, toThin } from './thin-plan.ts';

const everySecond = Array.from({ length: 13 }, (_, i) => ({ seq: i + 1, fixTime: i * 1000 }));

test('one fix in five seconds is left, and the newest always', () => {
  // Left: 1 (0 s), 6 (5 s), 11 (10 s), and 13, the last.
  expect(toThin(everySecond, 5000)).toEqual([2, 3, 4, 5, 7, 8, 9, 10, 12]);
});

test('what is thinned already gives nothing more at the same measure, but at a coarser one', () => {
  const thinned = everySecond.filter(({ seq }) => [1, 6, 11, 13].includes(seq));
  expect(toThin(thinned, 5000)).toEqual([]);
  expect(toThin(thinned, 10_000)).toEqual([6]);
});

test('one fix, or none, is never given up', () => {
  expect(toThin([], 5000)).toEqual([]);
  expect(toThin(everySecond.slice(0, 1), 5000)).toEqual([]);
});

test('what was given up is what is missing', () => {
  const fixes = [{ seq: 4 }, { seq: 5 }, { seq: 9 }];
  expect(holesIn(1, fixes, 12)).toEqual([
    [2, 3],
    [6, 8],
    [10, 11],
  ]);
  expect(holesIn(3, fixes.slice(0, 2), 6)).toEqual([]);
  expect(holesIn(3, [], 6)).toEqual([[4, 5]]);
});
