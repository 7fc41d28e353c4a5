import { expect, test } from 'vitest';
import { ClockWatch } from './clock-watch.ts';

test('a clock that is set is told by how much, one that is merely wrong is not', () => {
  const watch = new ClockWatch();
  const hour = 3_600_000;
  // An hour behind all the time; then set right; then a long silence.
  expect([watch.step(0, hour), watch.step(10_000, hour + 11_000)]).toEqual([null, null]);
  expect(watch.step(hour + 20_000, hour + 20_000)).toBe(hour + 1000);
  expect(watch.step(5 * hour, 5 * hour)).toBeNull();
  expect(watch.step(4 * hour, 5 * hour + 1000)).toBe(-hour - 1000);
});
