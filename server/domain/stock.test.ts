import { expect, test } from 'vitest';
import { changeOf, moved } from './stock.ts';

const row = { station: 'east', part: 'B1', name: '三角带', unit: '根', quantity: 3, minimum: 2, priceYuan: 45, version: 7 };

test('a count sets what is there, the others come or go', () => {
  expect([
    changeOf({ kind: 'receive', quantity: 2 }, 3),
    changeOf({ kind: 'use', quantity: 2 }, 3),
    changeOf({ kind: 'giveBack', quantity: 1 }, 3),
    changeOf({ kind: 'count', quantity: 1 }, 3),
  ]).toEqual([2, -2, 1, -2]);
});

test('a shelf is never below nothing, and litres add up', () => {
  expect(moved(row, -3)).toEqual({ row: { ...row, quantity: 0, version: 8 } });
  expect(moved(row, -4)).toEqual({ reason: 'short', there: 3, unit: '根' });
  expect(moved(undefined, 1)).toEqual({ reason: 'unknown' });
  expect(moved({ ...row, quantity: 0.1 }, 0.2)).toMatchObject({ row: { quantity: 0.3 } });
});
