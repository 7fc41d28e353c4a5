import { expect, test } from 'vitest';
import { wrongTimes } from './repair-times.ts';

const NOW = 1_000_000_000;
const fieldOf = (calledAt: number, startedAt: number | null, finishedAt: number | null): string | undefined =>
  wrongTimes({ calledAt, startedAt, finishedAt }, NOW)?.split(':')[0];

test('call, start and end in this order, or all at once, are right', () => {
  expect(fieldOf(NOW - 3, NOW - 2, NOW - 1)).toBe(undefined);
  expect(fieldOf(NOW, NOW, NOW)).toBe(undefined);
  expect(fieldOf(NOW, null, null)).toBe(undefined);
});

test('a start before the call and an end before the start are named', () => {
  expect(fieldOf(NOW, NOW - 1, null)).toBe('startedAt');
  expect(fieldOf(NOW - 9, NOW - 1, NOW - 2)).toBe('finishedAt');
  expect(fieldOf(NOW - 9, null, NOW)).toBe('finishedAt');
});

test('ten minutes ahead are a clock that is off, more is refused', () => {
  expect(fieldOf(NOW + 600_000, null, null)).toBe(undefined);
  expect(fieldOf(NOW + 600_001, null, null)).toBe('calledAt');
  expect(fieldOf(NOW, NOW + 600_001, null)).toBe('startedAt');
});
