import { expect, test } from 'vitest';
import { risingTotals } from './known-days.ts';

test('totals that rise stay as they are', () => {
  expect(risingTotals([1, 2, 2, 5])).toEqual([1, 2, 2, 5]);
});

test('a total that falls is pooled with the one before it, and the last is believed', () => {
  // 200 and 20 → 110 twice; 500 then 400 → all below 400.
  expect(risingTotals([100, 200, 20, 400])).toEqual([100, 110, 110, 400]);
  expect(risingTotals([100, 500, 400])).toEqual([100, 400, 400]);
});

test('no totals are no totals', () => {
  expect(risingTotals([])).toEqual([]);
});
