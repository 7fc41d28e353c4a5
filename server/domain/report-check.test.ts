import { describe, expect, test } from 'vitest';
import type { Reported } from '../../shared/registry.ts';
import { reportStateOf, whyNot } from './report-check.ts';

const figure = (machineMu: number, handMu: number, day = '2027-06-05'): Reported => ({
  division: '410182100',
  operation: 'harvest',
  day,
  machineMu,
  handMu,
  version: 1,
  at: 0,
  author: '王统计',
});
const input = (machineMu: number, handMu: number, more: { reason?: string; confirmAbove?: boolean } = {}) => ({
  ...figure(machineMu, handMu, '2027-06-06'),
  ...more,
});
const known = { before: figure(40, 2), later: null, areaMu: 100 };

describe('a figure of a clerk', () => {
  test('that rises within the area is taken as it is', () => {
    expect(whyNot(input(60, 2), known)).toBe(null);
    expect(whyNot(input(40, 2), known)).toBe(null);
  });
  test('that falls, by machine or by hand, needs a reason', () => {
    expect(whyNot(input(39.9, 2), known)).toBe('reason: a total falls (by machine 40 → 39.9 mu, by hand 2 → 2 mu): say why in reason');
    expect(whyNot(input(60, 1), known)).toMatch(/^reason: a total falls/);
    expect(whyNot(input(60, 1, { reason: '  ' }), known)).toMatch(/^reason: a total falls/);
    expect(whyNot(input(60, 1, { reason: '重复统计' }), known)).toBe(null);
  });
  test('of an earlier day that is above a later one needs a reason too', () => {
    const later = figure(50, 2, '2027-06-07');
    expect(whyNot(input(51, 2), { ...known, later })).toMatch(/^reason: a total is above that of 2027-06-07/);
    expect(whyNot(input(50, 2), { ...known, later })).toBe(null);
  });
  test('above the area needs to be confirmed; above by rounding alone, or without an area, it does not', () => {
    expect(whyNot(input(99, 2), known)).toMatch(/^confirmAbove: 99 \+ 2 mu is above the area of 100 mu/);
    expect(whyNot(input(99, 2, { confirmAbove: true }), known)).toBe(null);
    expect(whyNot(input(98.1, 2), known)).toBe(null);
    expect(whyNot(input(9999, 2), { ...known, areaMu: 0 })).toBe(null);
  });
});

test('a unit is due until 16:30 and late after it, unless it has reported, is covered, is done or has no area', () => {
  const unit = { areaMu: 100, day: '2027-06-06', last: figure(40, 2), countyReported: false, isPastDue: false };
  expect(reportStateOf(unit)).toBe('due');
  expect(reportStateOf({ ...unit, isPastDue: true })).toBe('late');
  expect(reportStateOf({ ...unit, last: figure(40, 2, '2027-06-06') })).toBe('reported');
  expect(reportStateOf({ ...unit, countyReported: true })).toBe('covered');
  expect(reportStateOf({ ...unit, last: figure(98, 2) })).toBe('done');
  expect(reportStateOf({ ...unit, last: null, areaMu: 0 })).toBe('noArea');
});
