import { expect, test } from 'vitest';
import { isMissing } from '../../shared/stock.ts';
import { shelvesOf } from './shelves.ts';

test('each of 48 stations has thirteen shelves, and between one shelf in twenty and one in five is short', () => {
  const all = Array.from({ length: 48 }, (_, i) => shelvesOf(`Z${i}`, 1));
  expect(new Set(all.map(rows => rows.length))).toEqual(new Set([13]));
  const short = all.flat().filter(isMissing).length;
  expect([short >= 624 / 20, short <= 624 / 5]).toEqual([true, true]);
  expect(shelvesOf('Z7', 1)).toEqual(all[7]);
});
