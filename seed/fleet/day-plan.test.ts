import { expect, test } from 'vitest';
import { heldUpBy, planDay } from './day-plan.ts';

test('on a day of rain a machine stays in until the evening, and goes out on any other', () => {
  const plan = planDay(1, 'H-001', 'harvest', '2027-06-08');
  expect(heldUpBy(4.9, plan)).toEqual(plan);
  const wet = heldUpBy(5, plan);
  expect([wet.start, wet.breakdownAt, wet.outages]).toEqual([plan.end, Number.POSITIVE_INFINITY, []]);
});
