import { expect, test } from 'vitest';
import { twoDevices } from './two-devices.ts';
import { clock, machine, worldAt } from './world.fixture.ts';

const last = (minutesAgo: number, lng = 113.4) => ({ fixTime: clock(12, -minutesAgo), lngLat: [lng, 34.7] as [number, number] });
const found = (...lasts: ReturnType<typeof last>[]) =>
  twoDevices.find(worldAt(clock(12), { machines: [machine()], outboxes: [{ machine: 'C1', lasts }] }), 10);

test('two devices that report side by side for ten minutes are two on one machine, so far apart', () => {
  // 0.01 degrees of longitude at 34.7 N are 0.9 km.
  expect(found(last(1), last(0, 113.41))).toEqual([
    {
      subject: 'machine:C1',
      subjectName: '豫A·00001',
      division: '410182',
      lngLat: [113.41, 34.7],
      values: { devices: 2, km: 0.9 },
      lastsMs: 10 * 60_000,
    },
  ]);
});

test('a phone that was changed for another is not: the first one has ended', () => {
  expect(found(last(0), last(6))).toEqual([]);
});
