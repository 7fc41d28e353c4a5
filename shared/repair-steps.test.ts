import { expect, test } from 'vitest';
import { overdueMin, type RepairStep, timesOf, withSteps, withTimes } from './repair-steps.ts';

const MINUTE = 60_000;
const call: RepairStep = { stage: 'called', at: 0, by: '机手' };
const by = '东站';

test('steps typed in any order stand by their instants, and one sent again is there once', () => {
  const taken = withSteps([call], [{ stage: 'diagnosing', at: 30 }], by);
  const both = withSteps(
    taken,
    [
      { stage: 'taken', at: 10 },
      { stage: 'diagnosing', at: 30 },
    ],
    '北站',
  );
  expect(both).toEqual([call, { stage: 'taken', at: 10, by: '北站' }, { stage: 'diagnosing', at: 30, by }]);
});

test('the machine is back from the test on, the repair is finished when it is closed', () => {
  const steps = withSteps(
    [call],
    [
      { stage: 'diagnosing', at: 10 },
      { stage: 'waitingParts', at: 20 },
      { stage: 'tested', at: 30 },
    ],
    by,
  );
  expect(timesOf(steps)).toEqual({ calledAt: 0, startedAt: 10, backAt: 30, finishedAt: null });
  expect(timesOf(withSteps(steps, [{ stage: 'closed', at: 50 }], by))).toEqual({ calledAt: 0, startedAt: 10, backAt: 30, finishedAt: 50 });
});

test('opening again is a step, after which the machine is in repair as before', () => {
  const closed = withTimes([call], { startedAt: 10, finishedAt: 20 }, { by, now: 20 });
  const open = withTimes(closed, { finishedAt: null }, { by, now: 60 });
  expect(open.map(({ stage, at }) => [stage, at])).toEqual([
    ['called', 0],
    ['diagnosing', 10],
    ['closed', 20],
    ['diagnosing', 60],
  ]);
  expect(timesOf(open)).toEqual({ calledAt: 0, startedAt: 10, backAt: null, finishedAt: null });
});

test('an instant that is put right changes its step and makes no other', () => {
  const closed = withTimes([call], { startedAt: 10, finishedAt: 20 }, { by, now: 20 });
  const mended = withTimes(closed, { calledAt: 2, startedAt: 5, finishedAt: 25 }, { by: '北站', now: 60 });
  expect(mended.map(({ stage, at }) => [stage, at])).toEqual([
    ['called', 2],
    ['diagnosing', 5],
    ['closed', 25],
  ]);
});

test('a stage has its limit: a call that nobody took for 45 minutes is 15 minutes late, a closed one never', () => {
  expect([overdueMin([call], 30 * MINUTE), overdueMin([call], 45 * MINUTE)]).toEqual([null, 15]);
  expect(overdueMin([call, { stage: 'closed', at: 0, by }], 1e12)).toBe(null);
});
