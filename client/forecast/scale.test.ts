import { expect, test } from 'vitest';
import { scaleOf } from './scale.ts';

const row = (date: string, doneMu: number) => ({ date, doneMu, machines: null, rainMm: null });

test('days lie side by side from the first known to the last foreseen or the deadline, areas from the bottom up', () => {
  const input = {
    days: [row('2027-06-01', 10), row('2027-06-05', 50)],
    byDay: [{ date: '2027-06-06', p10: 50, p50: 60, p90: 70 }],
    deadline: '2027-06-11',
    totalMu: 100,
  };
  const { x, y, ticks } = scaleOf(input, { left: 10, top: 0, width: 100, height: 50 });
  expect([x('2027-06-01'), x('2027-06-06'), x('2027-06-11')]).toEqual([10, 60, 110]);
  expect([y(0), y(0.5), y(1), y(1.2)]).toEqual([50, 25, 0, 0]);
  expect(ticks).toEqual(['2027-06-01', '2027-06-03', '2027-06-05', '2027-06-07', '2027-06-09', '2027-06-11']);
});
