import { expect, test } from 'vitest';
import type { MachineCard, MachineRow } from '../../shared/contract.ts';
import type { LiveView } from '../state/live-view.ts';
import { concernsUnit, machinesByState, presentIn } from './machine-groups.ts';
import { isTooLong } from './time-in-state.ts';

const NOW = 100 * 60_000;
const minutesAgo = (minutes: number): number => NOW - minutes * 60_000;
const row = (
  id: string,
  state: MachineRow[4],
  since: number | null,
  over: { fix?: number; repair?: boolean; at?: string } = {},
): MachineRow => [id, 113.4, 34.7, 0, state, over.fix ?? NOW, 4, null, over.at ?? '410182', over.repair ?? false, since];
const card = (id: string, own: Partial<MachineCard> = {}): MachineCard => ({
  id,
  kind: 'combine',
  plate: `豫A·${id}`,
  operatorName: `机手 ${id}`,
  division: '410182',
  origin: 'home',
  ...own,
});
const viewOf = (rows: MachineRow[], cards: MachineCard[]): LiveView =>
  ({
    asOf: NOW,
    machines: new Map(rows.map(one => [one[0], one])),
    cards: new Map(cards.map(one => [one.id, one])),
  }) as unknown as LiveView;

const view = viewOf(
  [
    row('C1', 'idle', minutesAgo(12)),
    row('C2', 'idle', minutesAgo(75)),
    row('C3', 'idle', null),
    row('C4', 'working', minutesAgo(30), { fix: minutesAgo(11) }),
    row('C5', 'idle', minutesAgo(300), { repair: true }),
    row('S1', 'working', minutesAgo(5), { at: '410185' }),
  ],
  ['C1', 'C2', 'C3', 'C4', 'C5'].map(id => card(id)).concat(card('S1', { kind: 'seeder' })),
);

test('idle machines are listed the longest first, those of unknown time last', () => {
  expect(machinesByState(view, () => true).idle.map(({ id, since }) => [id, since])).toEqual([
    ['C2', minutesAgo(75)],
    ['C1', minutesAgo(12)],
    ['C3', null],
  ]);
});

test('silent for ten minutes is offline since its last fix, and a repair wins over the state', () => {
  const groups = machinesByState(view, () => true);
  expect(groups.offline.map(({ id, since }) => [id, since])).toEqual([['C4', minutesAgo(11)]]);
  expect(groups.inRepair.map(({ id }) => id)).toEqual(['C5']);
});

test('a unit is concerned by what belongs to it and by what is there', () => {
  const divisions = new Map(['410182', '410185'].map(code => [code, { parent: '410100' }]));
  const idsIn = (unit: string) => [...view.machines.keys()].filter(concernsUnit(view, divisions, unit));
  expect(idsIn('410182')).toEqual(['C1', 'C2', 'C3', 'C4', 'C5', 'S1']);
  expect(idsIn('410185')).toEqual(['S1']);
  expect(idsIn('410100')).toEqual(['C1', 'C2', 'C3', 'C4', 'C5', 'S1']);
  // One of the five is in repair.
  const at = (code: string, hasOutline = true) => ({ code, hasOutline });
  expect([
    presentIn(view, at('410182'), 'combine'),
    presentIn(view, at('410185'), 'seeder'),
    presentIn(view, at('410182'), 'seeder'),
    presentIn(view, at('410182', false), 'seeder'),
  ]).toEqual([4, 1, 0, 1]);
});

test('what waits too long: an offer after 20 minutes, an idle machine after an hour; work takes as long as it takes', () => {
  expect([isTooLong('offered', minutesAgo(20), NOW), isTooLong('offered', minutesAgo(21), NOW)]).toEqual([false, true]);
  expect([isTooLong('idle', minutesAgo(60), NOW), isTooLong('idle', minutesAgo(61), NOW)]).toEqual([false, true]);
  expect([isTooLong('working', minutesAgo(900), NOW), isTooLong('idle', null, NOW)]).toEqual([false, false]);
});
