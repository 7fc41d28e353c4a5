import { expect, test } from 'vitest';
import { idle } from './idle.ts';
import { clock, machine, seen, unit, worldAt } from './world.fixture.ts';

const standing = seen({ state: 'idle', stateSince: clock(10), fixTime: clock(12) });
const minutesAt = (now: number, part: Parameters<typeof machine>[0] = {}) =>
  idle.find(worldAt(now, { machines: [machine({ seen: standing, ...part })] }), 120).map(({ values }) => values.minutes);

test('a machine on duty that stands for two hours of daylight is idle', () => {
  expect(idle.find(worldAt(clock(12), { machines: [machine({ seen: standing })] }), 120)).toEqual([
    {
      subject: 'machine:C1',
      subjectName: '豫A·00001',
      division: '410182',
      lngLat: [113.4, 34.7],
      values: { minutes: 120, operation: 'harvest' },
    },
  ]);
  expect(minutesAt(clock(11, 59))).toEqual([]);
});

test('neither off duty, in repair, without an implement, nor when it was last heard a quarter of an hour ago', () => {
  expect(minutesAt(clock(12), { duty: { on: false, since: clock(10) } })).toEqual([]);
  expect(minutesAt(clock(12), { inRepair: true })).toEqual([]);
  expect(minutesAt(clock(12), { operation: null })).toEqual([]);
  expect(minutesAt(clock(12, 16))).toEqual([]);
});

test('the night and the time before duty do not count', () => {
  const overnight = { seen: seen({ state: 'idle', stateSince: clock(-4), fixTime: clock(8) }) };
  expect(minutesAt(clock(7, 29), { ...overnight, duty: { on: true, since: clock(-5) } })).toEqual([]);
  expect(minutesAt(clock(7, 30), { ...overnight, duty: { on: true, since: clock(-5) } })).toEqual([120]);
  expect(minutesAt(clock(7, 45), { ...overnight, duty: { on: true, since: clock(6) } })).toEqual([]);
  expect(minutesAt(clock(20, 1), { seen: seen({ state: 'idle', stateSince: clock(10), fixTime: clock(20) }) })).toEqual([]);
});

test('a terminal is idle only when it has been out today', () => {
  expect(minutesAt(clock(12), { duty: null })).toEqual([120]);
  expect(minutesAt(clock(12), { duty: null, seen: seen({ state: 'idle', stateSince: clock(-4), fixTime: clock(12) }) })).toEqual([]);
});

test('four of a county at once are one alert of the county, with how many and for how long', () => {
  const stand = (id: string, from: number) => machine({ id, seen: seen({ ...standing, stateSince: clock(from) }) });
  const three = [stand('C1', 10), stand('C2', 9), stand('C3', 10)];
  const subjects = (machines: typeof three) =>
    idle.find(worldAt(clock(12), { machines, units: [unit()] }), 120).map(({ subject }) => subject);
  expect(subjects(three)).toEqual(['machine:C1', 'machine:C2', 'machine:C3']);
  expect(idle.find(worldAt(clock(12), { machines: [...three, stand('C4', 8)], units: [unit()] }), 120)).toEqual([
    {
      subject: 'division:410182:harvest',
      subjectName: '荥阳市',
      division: '410182',
      lngLat: null,
      values: { machines: 4, minutes: 240, operation: 'harvest' },
    },
  ]);
  const elsewhere = machine({ id: 'C5', seen: seen({ ...standing, county: '410185' }) });
  expect(subjects([...three, elsewhere])).toHaveLength(4);
});

test('nobody is idle where the ground is too wet', () => {
  const wet = worldAt(clock(12), { machines: [machine({ seen: standing })], units: [unit({ isWorkable: false })] });
  expect(idle.find(wet, 120)).toEqual([]);
});
