import { expect, test } from 'vitest';
import type { UnitNow } from '../../shared/progress.ts';
import { unitWith } from '../state/unit.fixture.ts';
import { lateFirst, outlookOf, outlooksOf } from './late-ranking.ts';

type Brief = NonNullable<UnitNow['harvest']['forecast']>;
const brief = (own: Partial<Brief>): Brief => ({
  state: 'running',
  p10: '2027-06-09',
  p50: '2027-06-10',
  p90: '2027-06-12',
  chanceInTime: 0.9,
  machinesNeededPerDay: 10,
  deadline: '2027-06-12',
  at: 0,
  ...own,
});
const unit = (code: string, own: Partial<Brief> | null, lateBy: number | null = null): UnitNow =>
  unitWith(code, { harvest: { forecast: own && brief(own), lateBy } });
const codes = (units: readonly UnitNow[]): string[] => lateFirst(units, () => 10).map(({ code }) => code);

test('days late are whole days from the deadline to the middle of the forecast', () => {
  expect(outlookOf(unit('A', { p50: '2027-06-15' }), 'harvest')).toMatchObject({ daysLate: 3, grade: 'late' });
  expect(outlookOf(unit('A', { p50: '2027-06-12', chanceInTime: 0.55 }), 'harvest')).toMatchObject({ daysLate: 0, grade: 'risky' });
  expect(outlookOf(unit('A', {}), 'harvest')).toMatchObject({ daysLate: -2, grade: 'inTime' });
  expect(outlookOf(unit('A', { state: 'overdue', p50: '2027-06-14' }), 'harvest')).toMatchObject({ grade: 'lost' });
  expect(outlookOf(unit('A', { state: 'noMachines', p50: null, chanceInTime: null }), 'harvest')).toMatchObject({ grade: 'lost' });
  expect(outlookOf(unit('A', null), 'harvest')).toMatchObject({ daysLate: null, grade: 'unknown' });
});

test('who will be late comes first: no end in sight, then most days, then least chance, then those in time, what nobody knows, what is over', () => {
  const units = [
    unit('fine', {}),
    unit('unknown', null),
    unit('risky', { chanceInTime: 0.6 }),
    unit('one', { p50: '2027-06-13', chanceInTime: 0.4 }),
    unit('three', { p50: '2027-06-15', chanceInTime: 0.02 }),
    unit('threeAndLess', { p50: '2027-06-15', chanceInTime: 0.01 }),
    unit('never', { state: 'noMachines', p50: null, chanceInTime: 0 }),
    unit('done', { state: 'done', p50: '2027-06-05' }),
  ];
  expect(codes(units)).toEqual(['never', 'threeAndLess', 'three', 'one', 'risky', 'fine', 'unknown', 'done']);
});

test('of those that will be late the one that lacks most machines comes first, whatever its days', () => {
  const units = [
    unit('lacksOne', { p50: '2027-06-20', machinesNeededPerDay: 10.2 }),
    unit('lacksForty', { p50: '2027-06-14', machinesNeededPerDay: 50 }),
    unit('lacksButInTime', { machinesNeededPerDay: 90 }),
  ];
  expect(codes(units)).toEqual(['lacksForty', 'lacksOne', 'lacksButInTime']);
});

test('of units that stand alike the one furthest behind comes first', () => {
  expect(codes([unit('A', null, 0.01), unit('B', null, 0.08), unit('C', null)])).toEqual(['B', 'A', 'C']);
});

test('the worse of both operations stands first in its unit', () => {
  const late = { ...unit('A', {}), sow: { ...unit('A', { p50: '2027-06-27', deadline: '2027-06-25', chanceInTime: 0.2 }).harvest } };
  expect(outlooksOf(late).map(({ operation, daysLate }) => [operation, daysLate])).toEqual([
    ['sow', 2],
    ['harvest', -2],
  ]);
});
