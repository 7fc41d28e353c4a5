import { expect, test } from 'vitest';
import { ranked } from './ranking.ts';
import { unitWith } from './unit.fixture.ts';

const units = [
  unitWith('410122', { name: '中牟县', harvest: { progress: 0.91, lateBy: -0.17 } }),
  unitWith('410181', { name: '巩义市', harvest: { progress: null, lateBy: null } }),
  unitWith('410183', { name: '新密市', harvest: { progress: 0.66, lateBy: 0.08 } }),
  unitWith('410185', { name: '登封市', harvest: { progress: 0.52, lateBy: 0.22 } }),
];
const codes = (ranking: 'late' | 'progress' | 'name') => ranked(units, 'harvest', ranking).map(unit => unit.name);

test('the unit that is furthest behind comes first, and one without figures last', () => {
  expect(codes('late')).toEqual(['登封市', '新密市', '中牟县', '巩义市']);
});

test('by progress the least comes first', () => {
  expect(codes('progress')).toEqual(['登封市', '新密市', '中牟县', '巩义市']);
});

test('names are ordered by their pinyin', () => {
  expect(codes('name')).toEqual(['登封市', '巩义市', '新密市', '中牟县']);
});
