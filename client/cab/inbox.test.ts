import { describe, expect, test } from 'vitest';
import type { CabNotice } from '../../shared/notice.ts';
import type { OrderAct, WorkOrderShown } from '../../shared/work-order.ts';
import {
  attentionOf,
  type CabOrder,
  heardInbox,
  type Inbox,
  nextAct,
  noticesShown,
  orderNow,
  ordersShown,
  placeOf,
  stillKnown,
  withOrder,
} from './inbox.ts';
import type { Errand } from './store.ts';

const order = (id: string, over: Partial<WorkOrderShown> = {}): WorkOrderShown => ({
  id,
  kind: 'work',
  request: null,
  machine: 'C1',
  operation: 'harvest',
  division: '410182100',
  placeName: '高村乡',
  lngLat: [113.4, 34.7],
  fields: [],
  areaMu: 120,
  pricePerMu: 60,
  from: 0,
  to: 100,
  contactName: '',
  contactPhone: '',
  note: '',
  km: 8,
  travelH: 0.4,
  sequence: 1,
  state: 'offered',
  times: { offered: 1 },
  seen: { arrivedAt: null, startedAt: null },
  seenStates: [],
  declineReason: null,
  reason: '',
  doneMu: null,
  advice: null,
  author: '',
  version: 1,
  plate: '',
  operatorName: '',
  divisionName: '',
  countyName: '荥阳市',
  measuredMu: null,
  objected: null,
  ...over,
});
const notice = (id: string, over: Partial<CabNotice> = {}): CabNotice => ({
  id,
  isSevere: false,
  text: id,
  at: 1,
  until: 1000,
  author: '',
  readAt: null,
  ...over,
});
const inbox = (orders: WorkOrderShown[], notices: CabNotice[] = []): Inbox => ({ asOf: 1, orders, notices });
const act = (of: string, what: OrderAct, at: number, state: Errand['state'] = 'waiting'): Errand => ({
  id: `${of} ${what}`,
  outbox: 'x',
  route: 'answerOrder',
  body: { id: `${of} ${what}`, order: of, act: what, at },
  at,
  state,
  about: '高村乡',
  ...(state === 'refused' && { problem: 'withdrawn: it was withdrawn' }),
});
const desk = { errands: [], told: [], putAway: [], isOnDuty: true, now: 10 };

describe('orders on the phone', () => {
  test('what was done without a network shows at once, and is marked', () => {
    const shown = ordersShown(inbox([order('A'), order('B', { sequence: 2 })]), [act('A', 'accept', 5), act('A', 'setOut', 6)]);
    expect(shown.map(({ id, state, times, isWaiting }) => ({ id, state, times, isWaiting }))).toEqual([
      { id: 'A', state: 'onTheWay', times: { offered: 1, accepted: 5, onTheWay: 6 }, isWaiting: true },
      { id: 'B', state: 'offered', times: { offered: 1 }, isWaiting: false },
    ]);
  });

  test('stand by sequence, whatever their order in the answer', () => {
    expect(ordersShown(inbox([order('B', { sequence: 2 }), order('A')]), []).map(({ id }) => id)).toEqual(['A', 'B']);
  });

  test('that the server has ended are ended, whatever waits here', () => {
    const [shown] = ordersShown(inbox([order('A', { state: 'withdrawn' })]), [act('A', 'accept', 5)]);
    expect([shown.state, shown.isWaiting]).toEqual(['withdrawn', true]);
  });

  test('do not fall behind what the server has seen by GNSS', () => {
    const [shown] = ordersShown(inbox([order('A', { state: 'working' })]), [act('A', 'setOut', 5)]);
    expect(shown.state).toBe('working');
  });

  test('an answer that is older than what is known does not bring the old state back', () => {
    const accepted = order('A', { state: 'accepted', version: 2 });
    const known = withOrder(inbox([order('A')]), accepted);
    expect(known?.orders).toEqual([accepted]);
    expect(heardInbox(known, inbox([order('A')])).orders).toEqual([accepted]);
    const working = order('A', { state: 'working', version: 3 });
    expect(heardInbox(known, inbox([working])).orders).toEqual([working]);
  });

  test('at hand is the one that is worked on, then the one driven to, then the first accepted', () => {
    const states = (...all: CabOrder['state'][]) => all.map((state, i) => ({ ...order(`${i}`, { state }), isWaiting: false }));
    expect(orderNow(states('offered', 'accepted', 'onTheWay', 'working'))?.id).toBe('3');
    expect(orderNow(states('accepted', 'onTheWay'))?.id).toBe('1');
    expect(orderNow(states('offered', 'accepted', 'accepted'))?.id).toBe('1');
    expect(orderNow(states('offered', 'done', 'withdrawn'))).toBe(null);
  });

  test('the main button goes accept, set out, start, finish; a move has no start; who is there need not set out', () => {
    const next = (over: Partial<WorkOrderShown>) => nextAct({ ...order('A', over), isWaiting: false });
    const work = (['offered', 'accepted', 'onTheWay', 'working', 'done'] as const).map(state => next({ state }));
    expect(work).toEqual(['accept', 'setOut', 'start', 'finish', null]);
    const move = (['offered', 'accepted', 'onTheWay'] as const).map(state => next({ kind: 'move', state }));
    expect(move).toEqual(['accept', 'setOut', 'finish']);
    expect(next({ state: 'accepted', seen: { arrivedAt: 7, startedAt: null } })).toBe('start');
  });
});

describe('what needs the operator first', () => {
  const keyOf = (part: Partial<Parameters<typeof attentionOf>[0]>) => attentionOf({ ...desk, inbox: null, ...part })?.key ?? null;

  test('is the first order offered, with how many are behind', () => {
    const shown = attentionOf({ ...desk, inbox: inbox([order('A'), order('B', { sequence: 2 })]) });
    expect(shown).toMatchObject({ kind: 'offered', key: 'offered:A', behind: 1 });
    expect(keyOf({ inbox: inbox([order('A')]), errands: [act('A', 'accept', 5)] })).toBe(null);
  });

  test('is a severe notice before it, on duty only, until it is read', () => {
    const both = inbox([order('A')], [notice('N', { isSevere: true })]);
    expect(keyOf({ inbox: both })).toBe('notice:N');
    expect(keyOf({ inbox: both, isOnDuty: false })).toBe('offered:A');
    const read: Errand = { id: 'r', outbox: 'x', route: 'readNotice', params: { id: 'N' }, body: { at: 5 }, at: 5, state: 'waiting' };
    expect(keyOf({ inbox: both, errands: [read] })).toBe('offered:A');
    expect(keyOf({ inbox: both, now: 1000 })).toBe('offered:A');
  });

  test('is a withdrawn order that was shown here, until it is put away', () => {
    const gone = inbox([order('A', { state: 'withdrawn' })]);
    expect(keyOf({ inbox: gone })).toBe(null);
    expect(keyOf({ inbox: gone, told: ['offered:A'] })).toBe('withdrawn:A');
    expect(keyOf({ inbox: gone, told: ['offered:A'], putAway: ['withdrawn:A'] })).toBe(null);
  });

  test('is an answer that the server refused, once for all acts of the order, and not again after the withdrawal was seen', () => {
    const errands = [act('A', 'accept', 5, 'refused'), act('A', 'setOut', 6, 'refused'), act('B', 'accept', 7, 'refused')];
    const gone = inbox([order('A', { state: 'withdrawn', reason: '改派' })]);
    expect(attentionOf({ ...desk, inbox: gone, errands })).toMatchObject({
      kind: 'refused',
      about: '高村乡',
      problem: 'withdrawn: it was withdrawn',
      order: { id: 'A', reason: '改派' },
      errands: ['A accept', 'A setOut'],
    });
    expect(keyOf({ inbox: gone, errands, putAway: ['withdrawn:A'] })).toBe('refused:B accept');
  });
});

test('a place is named with its county', () => {
  expect(placeOf({ kind: 'work', countyName: '荥阳市', placeName: '高村乡' })).toBe('荥阳高村乡');
  expect(placeOf({ kind: 'move', countyName: '登封市', placeName: '大冶镇' })).toBe('登封市大冶镇');
  expect(placeOf({ kind: 'move', countyName: '', placeName: '登封市' })).toBe('登封市');
});

test('notices: unread and severe first, then the newest; what is over is not shown', () => {
  const all = [
    notice('read', { readAt: 3, at: 9 }),
    notice('old'),
    notice('new', { at: 2 }),
    notice('severe', { isSevere: true }),
    notice('over', { until: 10 }),
  ];
  expect(noticesShown(inbox([], all), [], 10).map(({ id }) => id)).toEqual(['severe', 'new', 'old', 'read']);
});

test('what is not in the inbox any more is forgotten', () => {
  expect(stillKnown(['offered:A', 'notice:N', 'offered:gone'], inbox([order('A')], [notice('N')]))).toEqual(['offered:A', 'notice:N']);
});
