import { describe, expect, test } from 'vitest';
import type { Reported } from '../../shared/registry.ts';
import { muTyped, nothingTyped, readingOf } from './typed-figure.ts';

const last: Reported = {
  division: '410182100',
  operation: 'harvest',
  day: '2027-06-05',
  machineMu: 40.2,
  handMu: 2.1,
  version: 1,
  at: 0,
  author: '王统计',
};

test('mu are read as people type them; empty is what was there before', () => {
  expect(['', ' ', '12', '12.5', '１２．５', '1,234.5', '12。5', '.5', '12.'].map(text => muTyped(text, 7))).toEqual([
    7, 7, 12, 12.5, 12.5, 1234.5, 12.5, 0.5, 12,
  ]);
  expect(['12.55', '-3', '1e5', '一百', '1.2.3', '1234567890'].map(text => muTyped(text, 7))).toEqual([null, null, null, null, null, null]);
});

describe('what is typed', () => {
  test('is read against the last figure: sum and difference to a tenth', () => {
    expect(readingOf({ ...nothingTyped, machine: '60.1' }, last, 100)).toEqual({
      machineMu: 60.1,
      handMu: 2.1,
      sumMu: 62.2,
      differenceMu: 19.9,
      falls: false,
      above: false,
      isReady: true,
    });
  });
  test('that falls is ready only with a reason, that is above the area only when it is confirmed', () => {
    expect(readingOf({ ...nothingTyped, machine: '39' }, last, 100)).toMatchObject({ falls: true, isReady: false });
    expect(readingOf({ ...nothingTyped, machine: '39', reason: '重复' }, last, 100)).toMatchObject({ isReady: true });
    expect(readingOf({ ...nothingTyped, machine: '99' }, last, 100)).toMatchObject({ above: true, isReady: false });
    expect(readingOf({ ...nothingTyped, machine: '99', above: true }, last, 100)).toMatchObject({ isReady: true });
    expect(readingOf({ ...nothingTyped, machine: '98' }, last, 100)).toMatchObject({ sumMu: 100.1, above: false });
  });
  test('is nothing to send when nothing is typed', () => {
    expect(readingOf(nothingTyped, last, 100)).toMatchObject({ sumMu: 42.3, differenceMu: 0, isReady: false });
    expect(readingOf(nothingTyped, null, 0)).toMatchObject({ sumMu: 0, differenceMu: null, isReady: false });
  });
});
