import { expect, test } from 'vitest';
import { seasonNow } from './season-now.ts';

test('the season goes on at its speed between two messages and stands still when it is paused', () => {
  expect([seasonNow(1_000_000, 500, 30, 1500), seasonNow(1_000_000, 500, 0, 1500)]).toEqual([1_030_000, 1_000_000]);
});

test('without messages the season is not told on for long', () => {
  expect(seasonNow(1_000_000, 0, 1, 60_000)).toBe(1_003_000);
});
