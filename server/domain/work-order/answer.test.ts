import { expect, test } from 'vitest';
import type { WorkOrder } from '../../../shared/work-order.ts';
import { answered, inStateMs, seenTo } from './answer.ts';

const MIN = 60_000;
const order = (state: WorkOrder['state'], times: WorkOrder['times'], over: Partial<WorkOrder> = {}) => ({
  ...{ kind: 'work' as const, state, times, seenStates: [], declineReason: null, reason: '' },
  ...over,
});
const offered = order('offered', { offered: 0 });
const act = (name: 'accept' | 'decline' | 'setOut' | 'start' | 'finish', at: number) => ({ act: name, at });

test('an operator who accepts takes the order from offered to accepted, at the time that his phone says', () => {
  expect(answered(offered, act('accept', 3 * MIN), 5 * MIN)).toEqual({
    changes: { state: 'accepted', times: { offered: 0, accepted: 3 * MIN }, seenStates: [] },
  });
});

test('a phone that was away starts an order that it never accepted', () => {
  expect(answered(offered, act('start', 10 * MIN), 60 * MIN)).toEqual({
    changes: { state: 'working', times: { offered: 0, working: 10 * MIN }, seenStates: [] },
  });
});

test('an acceptance that comes after the start fills in its time and changes no state', () => {
  const working = order('working', { offered: 0, working: 10 * MIN });
  expect(answered(working, act('accept', 2 * MIN), 60 * MIN)).toEqual({
    changes: { times: { offered: 0, accepted: 2 * MIN, working: 10 * MIN }, seenStates: [] },
  });
});

test('a phone whose clock is wrong neither begins a state in the future nor before those that lead to it', () => {
  const accepted = order('accepted', { offered: 4 * MIN, accepted: 6 * MIN });
  expect(answered(accepted, act('start', 99 * MIN), 20 * MIN)).toMatchObject({ changes: { times: { working: 20 * MIN } } });
  expect(answered(accepted, act('start', 0), 20 * MIN)).toMatchObject({ changes: { times: { working: 6 * MIN } } });
  const working = order('working', { offered: 4 * MIN, working: 10 * MIN });
  expect(answered(working, act('setOut', 15 * MIN), 20 * MIN)).toMatchObject({ changes: { times: { onTheWay: 10 * MIN } } });
});

test('the same act twice changes nothing', () => {
  expect(answered(order('accepted', { offered: 0, accepted: MIN }), act('accept', 9 * MIN), 10 * MIN)).toEqual({ changes: {} });
  expect(answered(order('done', { offered: 0, done: MIN }), act('finish', 9 * MIN), 10 * MIN)).toEqual({ changes: {} });
  expect(answered(order('declined', { offered: 0, declined: MIN }), act('decline', 9 * MIN), 10 * MIN)).toEqual({ changes: {} });
});

test('whatever is done with a withdrawn order is a conflict', () => {
  const withdrawn = order('withdrawn', { offered: 0, withdrawn: MIN });
  for (const name of ['accept', 'decline', 'setOut', 'start', 'finish'] as const)
    expect(answered(withdrawn, act(name, 0), 2 * MIN)).toEqual({ conflict: 'withdrawn' });
});

test('an order can be given back until its work begins', () => {
  const onTheWay = order('onTheWay', { offered: 0, onTheWay: MIN });
  const broken = { act: 'decline' as const, at: 2 * MIN, declineReason: 'broken' as const, note: '皮带断了' };
  expect(answered(onTheWay, broken, 3 * MIN)).toEqual({
    changes: { state: 'declined', times: { offered: 0, onTheWay: MIN, declined: 2 * MIN }, declineReason: 'broken', reason: '皮带断了' },
  });
  expect(answered(order('working', { offered: 0, working: MIN }), broken, 3 * MIN)).toEqual({ conflict: 'answered' });
  expect(answered(order('settled', { offered: 0, settled: MIN }), broken, 3 * MIN)).toEqual({ conflict: 'ended' });
});

test('what was declined is not accepted afterwards', () => {
  expect(answered(order('declined', { offered: 0, declined: MIN }), act('accept', 2 * MIN), 3 * MIN)).toEqual({ conflict: 'answered' });
});

test('a machine that is moved has no work to start: it is on its way', () => {
  expect(answered({ ...offered, kind: 'move' }, act('start', MIN), 2 * MIN)).toMatchObject({ changes: { state: 'onTheWay' } });
});

test('a state that was only seen is confirmed by the operator, and keeps the time at which it was seen', () => {
  const seen = order('working', { offered: 0, working: 10 * MIN }, { seenStates: ['working'] });
  expect(answered(seen, act('start', 12 * MIN), 20 * MIN)).toEqual({
    changes: { times: { offered: 0, working: 10 * MIN }, seenStates: [] },
  });
});

test('what is seen leads forward only, and never out of an end', () => {
  const at = { at: 7 * MIN, now: 9 * MIN };
  expect(seenTo(order('accepted', { offered: 0, accepted: MIN }), 'working', at)).toEqual({
    state: 'working',
    times: { offered: 0, accepted: MIN, working: 7 * MIN },
    seenStates: ['working'],
  });
  expect(seenTo(order('done', { offered: 0, done: MIN }), 'working', at)).toEqual({});
  expect(seenTo(order('declined', { offered: 0, declined: MIN }), 'working', at)).toEqual({});
});

test('the time in a state runs from when it began', () => {
  expect(inStateMs(order('accepted', { offered: 0, accepted: 2 * MIN }), 7 * MIN)).toBe(5 * MIN);
});
