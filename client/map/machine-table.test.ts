import { expect, test } from 'vitest';
import type { MachineCard, MachineRow } from '../../shared/contract.ts';
import { MachineTable, shownState, spriteParts } from './machine-table.ts';

const row = (id: string, lng: number, lat: number, heading: number | null, fixTime = 0): MachineRow => [
  id,
  lng,
  lat,
  heading,
  'working',
  fixTime,
  4,
  null,
  null,
  false,
  null,
];
const cards = new Map<string, MachineCard>([
  ['s1', { id: 's1', kind: 'seeder', plate: '', operatorName: '', division: '410122', origin: 'home' }],
]);
const viewOf = (...rows: MachineRow[]) => new Map(rows.map(item => [item[0], item]));

test('a machine that was silent for ten minutes of the season is shown as offline', () => {
  const silent = row('m1', 113, 34, 0, 1000);
  expect([shownState(silent, 601_000), shownState(silent, 601_001)]).toEqual(['working', 'offline']);
});

test('a repair wins over the work state and over silence', () => {
  const broken = row('m1', 113, 34, 90, 1000);
  broken[9] = true;
  expect([shownState(broken, 1000), shownState(broken, 9_000_000)]).toEqual(['inRepair', 'inRepair']);
  const table = new MachineTable();
  table.take(viewOf(broken), cards, 1000);
  expect(spriteParts(table.sprite[0]).state).toBe('inRepair');
});

test('a machine lies where Web-Mercator puts it', () => {
  const table = new MachineTable();
  table.take(viewOf(row('m1', 180, 0, 0), row('m2', 0, 85.0511287798066, 0)), cards, 0);
  expect([...table.worldX]).toEqual([1, 0.5]);
  expect(table.worldY[0]).toBeCloseTo(0.5, 12);
  expect(table.worldY[1]).toBeCloseTo(0, 9);
});

test('the sprite tells state, kind and heading, and a missing heading keeps the last one', () => {
  const table = new MachineTable();
  table.take(viewOf(row('s1', 113, 34, 90)), cards, 0);
  expect(spriteParts(table.sprite[0])).toEqual({ state: 'working', kind: 'seeder', heading: 8 });
  table.take(viewOf(row('s1', 113.1, 34, null)), cards, 0);
  expect(spriteParts(table.sprite[0])).toEqual({ state: 'working', kind: 'seeder', heading: 8 });
});

test('a heading just west of north turns into north', () => {
  const table = new MachineTable();
  table.take(viewOf(row('m1', 113, 34, 359)), cards, 0);
  expect(spriteParts(table.sprite[0]).heading).toBe(0);
});

test('machines of another view replace those of the last', () => {
  const table = new MachineTable();
  table.take(viewOf(row('m1', 113, 34, 0), row('m2', 113, 34, 0)), cards, 0);
  table.take(viewOf(row('m3', 113, 34, 0)), cards, 0);
  expect([table.count, table.find('m1'), table.find('m3')]).toEqual([1, -1, 0]);
});
