import { expect, test } from 'vitest';
import { gapBetween } from './gaps.ts';

const seen = { wasHidden: false, wasClosed: false };

test('half a minute of silence is none, more is a gap with its cause', () => {
  expect(gapBetween(null, 50_000, seen)).toBe(null);
  expect(gapBetween(10_000, 40_000, seen)).toBe(null);
  expect(gapBetween(10_000, 40_001, seen)).toEqual({ from: 10_000, to: 40_001, cause: 'noPosition' });
  expect(gapBetween(10_000, 100_000, { ...seen, wasHidden: true })).toEqual({ from: 10_000, to: 100_000, cause: 'locked' });
});

test('a page that was closed knows only the kept fixes, a minute apart when standing', () => {
  expect(gapBetween(0, 90_000, { wasHidden: true, wasClosed: true })).toBe(null);
  expect(gapBetween(0, 90_001, { wasHidden: true, wasClosed: true })).toEqual({ from: 0, to: 90_001, cause: 'closed' });
});
