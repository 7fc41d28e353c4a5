import { expect, test } from 'vitest';
import { dayStart } from '../../shared/season.ts';
import { type WorkRequestInput, workRequestInputSchema } from '../../shared/work-order.ts';
import { Callers } from './callers.ts';

const at = (time: string) => Date.parse(`2027-06-05T${time}:00+08:00`);
const towns = Array.from({ length: 100 }, (_, i) => `41018${2 + (i % 2)}${100 + i}`);
const fieldOf = (id: string) => ({
  ...{ id, town: towns[0], village: '官峪村', areaMu: 5, ripeDate: null, stage: 'standing' as const, harvestedMu: 0, sownMu: 0 },
  centre: [113.4, 34.7] as [number, number],
});
const standing = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7'].map(fieldOf);

function office(fields = standing) {
  const asked: WorkRequestInput[] = [];
  const callers = new Callers({
    ...{ towns, seed: 7, standingIn: async () => fields, pause: async () => undefined },
    ask: async request => asked.push(request),
  });
  return { callers, asked };
}

test('farmers call once a day, while the office is open', async () => {
  const { callers } = office();
  expect([callers.due(at('05:44')), callers.due(at('05:45')), callers.due(at('18:00'))]).toEqual([false, true, false]);
  await callers.callAll(at('06:00'));
  expect(callers.due(at('07:00'))).toBe(false);
  expect(callers.due(at('07:00') + 86_400_000)).toBe(true);
});

test('what they ask for is what a clerk may write down, and the same after a restart', async () => {
  const { callers, asked } = office();
  await callers.callAll(at('06:00'));
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.length).toBeLessThan(30);
  for (const request of asked) expect(workRequestInputSchema.parse(request)).toEqual(request);
  expect(asked.every(({ fields }) => fields.length >= 1 && fields.length <= 5)).toBe(true);
  expect(asked.every(({ from, to }) => from === dayStart('2027-06-05') + 5.75 * 3_600_000 && to > from)).toBe(true);
  const again = office();
  await again.callers.callAll(at('09:00'));
  expect(again.asked).toEqual(asked);
});

test('nobody calls where nothing stands', async () => {
  const { callers, asked } = office([]);
  await callers.callAll(at('06:00'));
  expect(asked).toEqual([]);
});
