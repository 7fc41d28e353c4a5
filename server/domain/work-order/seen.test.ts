import { expect, test } from 'vitest';
import type { LngLat } from '../../../shared/registry.ts';
import type { WorkOrder } from '../../../shared/work-order.ts';
import { type Sight, seen } from './seen.ts';

const MIN = 60_000;
const NOW = 100 * MIN;
const PLACE: LngLat = [113.4, 34.7];
/** 110.923 km a degree. */
const northM = (metres: number): LngLat => [113.4, 34.7 + metres / 110_923];
const order: WorkOrder = {
  ...{ id: 'o', kind: 'work', request: 'r', machine: 'C1', operation: 'harvest', division: '410182', placeName: '高村乡', lngLat: PLACE },
  ...{ fields: ['F1'], areaMu: 15, pricePerMu: 60, from: 0, to: NOW, contactName: '', contactPhone: '', note: '', km: 8, travelH: 0.4 },
  ...{
    sequence: 1,
    state: 'onTheWay',
    times: { offered: 0, onTheWay: 10 * MIN },
    seen: { arrivedAt: null, startedAt: null },
    seenStates: [],
  },
  ...{ declineReason: null, reason: '', doneMu: null, advice: null, author: '甲', version: 3 },
};
const sight = (over: Partial<Sight>): Sight => ({
  ...{ lngLat: northM(5000), fixTime: NOW, state: 'travelling', stateSince: null, fieldId: null, units: ['410182', '410100'] },
  ...{ finishedAt: null, ...over },
});

test('within 300 m of the place the machine has arrived', () => {
  expect(seen(order, sight({ lngLat: northM(310) }), NOW)).toEqual({});
  expect(seen(order, sight({ lngLat: northM(290) }), NOW)).toEqual({ seen: { arrivedAt: NOW, startedAt: null } });
});

test('work in the order’s field is its start, and after five minutes the order works by itself, marked so', () => {
  const working = { lngLat: northM(600), state: 'working' as const, fieldId: 'F1' };
  expect(seen(order, sight({ ...working, stateSince: NOW - 4 * MIN }), NOW)).toEqual({
    seen: { arrivedAt: NOW, startedAt: NOW - 4 * MIN },
  });
  expect(seen(order, sight({ ...working, stateSince: NOW - 6 * MIN }), NOW)).toEqual({
    seen: { arrivedAt: NOW, startedAt: NOW - 6 * MIN },
    state: 'working',
    times: { offered: 0, onTheWay: 10 * MIN, working: NOW - 6 * MIN },
    seenStates: ['working'],
  });
});

test('work in a neighbour’s field is not this order’s', () => {
  expect(seen(order, sight({ lngLat: northM(500), state: 'working', fieldId: 'F2', stateSince: 0 }), NOW)).toEqual({});
});

test('without fields, work near to the place is this order’s', () => {
  const bare = { ...order, fields: [] };
  expect(seen(bare, sight({ lngLat: northM(1400), state: 'turning', stateSince: NOW }), NOW)).toEqual({
    seen: { arrivedAt: NOW, startedAt: NOW },
  });
  expect(seen(bare, sight({ lngLat: northM(1600), state: 'turning', stateSince: NOW }), NOW)).toEqual({});
});

test('twenty minutes after all its fields are finished an order is done', () => {
  const working = { ...order, state: 'working' as const, times: { offered: 0, working: 20 * MIN } };
  expect(seen(working, sight({ finishedAt: NOW - 19 * MIN, lngLat: northM(5000) }), NOW)).toEqual({});
  expect(seen(working, sight({ finishedAt: NOW - 20 * MIN, lngLat: northM(5000) }), NOW)).toEqual({
    state: 'done',
    times: { offered: 0, working: 20 * MIN, done: NOW - 20 * MIN },
    seenStates: ['done'],
  });
});

test('a moved machine is there when it is in the unit', () => {
  const move = { ...order, kind: 'move' as const, division: '410185', fields: [] };
  expect(seen(move, sight({ units: ['410182', '410100'] }), NOW)).toEqual({});
  expect(seen(move, sight({ units: ['410185', '410100'] }), NOW)).toEqual({
    seen: { arrivedAt: NOW, startedAt: null },
    state: 'done',
    times: { offered: 0, onTheWay: 10 * MIN, done: NOW },
    seenStates: ['done'],
  });
});

test('nothing is seen of an order that nobody accepted', () => {
  expect(seen({ ...order, state: 'offered' }, sight({ lngLat: PLACE }), NOW)).toEqual({});
});
