import { expect, test } from 'vitest';
import type { LngLat } from '../../../shared/registry.ts';
import { type Candidate, nearestMachines, type Wanted } from './nearest-machines.ts';
import { hoursUntilDone } from './working-time.ts';

const NOW = Date.UTC(2027, 5, 6, 4);
const MIN = 60_000;
/** One degree of latitude is 111.195 km on the sphere of the road estimate: 20 road km at 1.35 are 0.13323 degrees. */
const northRoadKm = (km: number): LngLat => [113.4, 34.7 + km / 1.35 / 111.195];
const wanted: Wanted = {
  ...{ lngLat: [113.4, 34.7], operation: 'harvest', by: 'soonest', trackedOnly: false, leastWidthM: null, mostWidthM: null },
  ...{ now: NOW, staleMs: 30 * MIN },
  travel: { detour: 1.35, selfKmh: 20, lorryKmh: 45, loadingHours: 1, workingHours: 12 },
};
const candidate = (id: string, km: number, over: Partial<Candidate> = {}): Candidate => ({
  machine: { id, plate: `豫A·${id}`, operatorName: '', division: '410182', drive: 'wheeled' },
  implement: { from: 0, operation: 'harvest', workingWidthM: 2.5 },
  place: { lngLat: northRoadKm(km), fixTime: NOW },
  ...{ busy: null, isInRepair: false, isOffDuty: false, hasDeclined: false, version: 0, ...over },
});
const named = (machines: readonly { machine: string }[]) => machines.map(one => one.machine);

test('soonest is not nearest: a machine that is busy next door comes after a free one further away', () => {
  const busy = candidate('C1', 2, { busy: { kind: 'inField', freeInH: 3, lngLat: northRoadKm(2) } });
  const both = [busy, candidate('C2', 10)];
  const { machines } = nearestMachines(both, wanted);
  expect(machines.map(({ machine, km, travelH, freeInH, soonestH }) => [machine, km, travelH, freeInH, soonestH])).toEqual([
    ['C2', 10, 0.5, 0, 0.5],
    ['C1', 2, 0.1, 3, 3.1],
  ]);
  expect(named(nearestMachines(both, { ...wanted, by: 'nearest' }).machines)).toEqual(['C1', 'C2']);
});

test('a long way goes on a lorry: 90 km are an hour of loading and two of driving', () => {
  const [{ km, travelH }] = nearestMachines([candidate('C1', 90)], wanted).machines;
  expect([km, travelH]).toEqual([90, 3]);
});

test('a machine that has an order drives from where that is', () => {
  const [{ km }] = nearestMachines(
    [candidate('C1', 5, { busy: { kind: 'onOrder', freeInH: 1, lngLat: northRoadKm(12) } })],
    wanted,
  ).machines;
  expect(km).toBe(12);
});

test('whoever cannot come is named with the cause', () => {
  const machine = candidate('x', 1).machine;
  const out = [
    candidate('stale', 1, { place: { lngLat: northRoadKm(1), fixTime: NOW - 31 * MIN } }),
    candidate('unseen', 1, { place: null }),
    candidate('broken', 2, { isInRepair: true }),
    candidate('resting', 3, { isOffDuty: true }),
    candidate('sower', 0, { implement: { from: 0, operation: 'sow', workingWidthM: 2.4 } }),
    candidate('declined', 4, { hasDeclined: true }),
  ];
  const { machines, excluded, excludedCounts } = nearestMachines(out, wanted);
  expect(machines).toEqual([]);
  expect(excluded.map(one => [one.machine, one.cause, one.km])).toEqual([
    ['stale', 'stale', 1],
    ['broken', 'inRepair', 2],
    ['resting', 'offDuty', 3],
    ['declined', 'declined', 4],
    ['unseen', 'neverSeen', null],
    ['sower', 'otherOperation', 0],
  ]);
  expect(excludedCounts).toEqual({ stale: 1, neverSeen: 1, inRepair: 1, offDuty: 1, otherOperation: 1, declined: 1 });
  const narrow = { ...wanted, trackedOnly: true, leastWidthM: 3 };
  const tracked = candidate('T', 1, { machine: { ...machine, id: 'T', drive: 'tracked' } });
  expect(nearestMachines([candidate('W', 1), tracked], narrow).excludedCounts).toEqual({ wheeled: 1, width: 1 });
});

test('work that does not end today goes on in the morning', () => {
  const hours = { from: 5.5, to: 20 };
  // Noon in Zhengzhou: eight hours are left of the day, the night is nine and a half.
  expect(hoursUntilDone(NOW, 8, hours)).toBe(8);
  expect(hoursUntilDone(NOW, 9, hours)).toBe(18.5);
  expect(hoursUntilDone(NOW, 0, hours)).toBe(0);
});
