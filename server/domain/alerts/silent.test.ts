import { expect, test } from 'vitest';
import { silent } from './silent.ts';
import { clock, machine, seen, worldAt } from './world.fixture.ts';

const minutesAt = (now: number, part: Parameters<typeof machine>[0]) =>
  silent.find(worldAt(now, { machines: [machine(part)] }), 45).map(({ values }) => values.minutes);

test('a machine on duty that was last heard 45 minutes ago is silent', () => {
  expect(silent.find(worldAt(clock(10, 45), { machines: [machine()] }), 45)).toEqual([
    {
      subject: 'machine:C1',
      subjectName: '豫A·00001',
      division: '410182',
      lngLat: [113.4, 34.7],
      values: { minutes: 45, heardAt: clock(10) },
    },
  ]);
  expect(minutesAt(clock(10, 44), {})).toEqual([]);
});

test('one that came on duty and was never heard is silent since then', () => {
  expect(minutesAt(clock(7), { seen: null })).toEqual([60]);
});

test('off duty, in repair or at night silence is rest', () => {
  expect(minutesAt(clock(12), { duty: { on: false, since: clock(10) } })).toEqual([]);
  expect(minutesAt(clock(12), { inRepair: true })).toEqual([]);
  expect(minutesAt(clock(20, 1), {})).toEqual([]);
});

test('silence is counted from the first hour of work of the day', () => {
  expect(minutesAt(clock(6, 15), { duty: { on: true, since: clock(3) }, seen: seen({ fixTime: clock(4) }) })).toEqual([45]);
});

test('who was neither heard nor came on duty today has gone home without saying so', () => {
  expect(minutesAt(clock(9), { duty: { on: true, since: clock(-18) }, seen: seen({ fixTime: clock(-5) }) })).toEqual([]);
});

test('while the program was away nobody could be heard: silence is counted from its start', () => {
  const restarted = (now: number) => silent.find(worldAt(now, { listensSince: clock(11), machines: [machine()] }), 45);
  expect(restarted(clock(11, 44))).toEqual([]);
  expect(restarted(clock(11, 45)).map(({ values }) => values)).toEqual([{ minutes: 45, heardAt: clock(10) }]);
});

test('four of a county at once are one alert of the county', () => {
  const machines = ['C1', 'C2', 'C3', 'C4'].map(id => machine({ id }));
  expect(silent.find(worldAt(clock(11), { machines }), 45).map(({ subject, values }) => [subject, values])).toEqual([
    ['division:410182:harvest', { machines: 4, minutes: 60, operation: 'harvest' }],
  ]);
});

test('a terminal, which knows no duty, is missed when it fell silent at work, and not when it stood', () => {
  expect(minutesAt(clock(11), { duty: null })).toEqual([60]);
  expect(minutesAt(clock(11), { duty: null, seen: seen({ state: 'idle' }) })).toEqual([]);
});
