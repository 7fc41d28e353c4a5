import { expect, test } from 'vitest';
import { waitAfterRain } from './wet-ground.ts';

test('wheeled machines wait longer than tracked ones, by as long as the wetness takes to halve', () => {
  // ln(20 / 4.5) / −ln 0.475 = 2.004 days; ln(20 / 9) / −ln 0.475 = 1.073 days.
  expect(waitAfterRain([20])).toEqual({ wheeledWaitH: 48, trackedWaitH: 26 });
});

test('a little rain holds both up for as long as straw dries, and a trace not at all', () => {
  expect(waitAfterRain([3])).toEqual({ wheeledWaitH: 4, trackedWaitH: 4 });
  expect(waitAfterRain([0.5])).toEqual({ wheeledWaitH: 0, trackedWaitH: 0 });
});

test('a second day of rain falls on what is left of the first', () => {
  // 12 × 0.475 + 18 = 23.7 mm: ln(23.7 / 4.5) / 0.7444 = 2.232 days.
  expect(waitAfterRain([12, 18]).wheeledWaitH).toBe(54);
});
