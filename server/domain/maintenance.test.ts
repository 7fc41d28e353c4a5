import { expect, test } from 'vitest';
import { dueOf, hoursOf } from './maintenance.ts';

test('252 mu with a header of 2.5 m took 20 hours', () => {
  // 1.5 × 4.2 × 0.8 × 2.5 = 12.6 mu an hour
  expect(hoursOf(252, 2.5)).toBeCloseTo(20, 6);
  expect(hoursOf(100, 0)).toBe(0);
});

test('a task is due by hours or mu since it was done, soon from four fifths on', () => {
  const oil = { task: 'engineOil', everyH: 50 } as const;
  const never = { mu: 0, hours: 0 };
  expect(dueOf(oil, { mu: 500, hours: 39.9 }, never)).toEqual({ unit: 'h', since: 39.9, every: 50, state: 'good' });
  expect(dueOf(oil, { mu: 500, hours: 40 }, never).state).toBe('soon');
  expect(dueOf(oil, { mu: 900, hours: 51 }, never).state).toBe('due');
  expect(dueOf(oil, { mu: 900, hours: 51 }, { mu: 880, hours: 49.5 })).toMatchObject({ since: 1.5, state: 'good' });
  expect(dueOf({ task: 'knife', everyMu: 1000 }, { mu: 1000, hours: 80 }, never)).toMatchObject({ unit: 'mu', state: 'due' });
});
