import { expect, test } from 'vitest';
import type { MachineRow } from '../../shared/contract.ts';
import { seasonOf } from '../../shared/season.ts';
import { changedView, childrenOf, openedView, pathTo } from './live-view.ts';
import { unitWith } from './unit.fixture.ts';

const row = (id: string, lng: number): MachineRow => [id, lng, 34.7, 90, 'working', 1000, 4.2, 'f1', '410122', false, 500];
const city = unitWith('410100', { level: 'city', parent: null });
const snapshot = {
  asOf: 1000,
  clock: { seasonAt: 0, wallAt: 0, speed: 1 },
  season: seasonOf(2027, true),
  division: '410100',
  cards: [],
  machines: [row('m1', 113.1), row('m2', 113.2)],
  units: [city, unitWith('410122'), unitWith('410122001', { level: 'town', parent: '410122' })],
};

test('a delta replaces what it names and leaves the rest the same objects', () => {
  const before = openedView(snapshot);
  const after = changedView(before, { asOf: 2000, machines: [row('m2', 113.9), row('m3', 113.3)], units: [] });
  expect(after.asOf).toBe(2000);
  expect([...after.machines.values()]).toEqual([row('m1', 113.1), row('m2', 113.9), row('m3', 113.3)]);
  expect(after.machines.get('m1')).toBe(before.machines.get('m1'));
  expect(after.units).toBe(before.units);
  expect(before.machines.get('m2')![1]).toBe(113.2);
});

test('a snapshot forgets the machines of the one before', () => {
  const reopened = openedView({ ...snapshot, machines: [row('m9', 113.5)] });
  expect([...reopened.machines.keys()]).toEqual(['m9']);
});

test('children are the units one level below', () => {
  const view = openedView(snapshot);
  expect(childrenOf(view, '410100').map(unit => unit.code)).toEqual(['410122']);
  expect(childrenOf(view, '410122').map(unit => unit.code)).toEqual(['410122001']);
});

test('the path to a town leads through its county', () => {
  expect(pathTo(openedView(snapshot).units, '410122001')).toEqual(['410100', '410122', '410122001']);
  expect(pathTo(openedView(snapshot).units, 'nowhere')).toEqual([]);
});
