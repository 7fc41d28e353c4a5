import { expect, test } from 'vitest';
import { matching, matchRank } from './palette-match.ts';

const units = [
  { title: '荥阳市', also: ['Xingyang'] },
  { title: '新郑市', also: ['Xinzheng'] },
  { title: '郑东新区', also: ['Zhengdong New Area'] },
  { title: '中牟县', also: ['Zhongmu'] },
];
const titles = (typed: string): string[] => matching(typed, units).map(unit => unit.title);

test('what stands first in the name comes first', () => {
  expect(titles('郑')).toEqual(['郑东新区', '新郑市']);
  expect(titles('新')).toEqual(['新郑市', '郑东新区']);
});

test('English names and the first letters of pinyin lead there too, whatever their case', () => {
  expect(titles('zhong')).toEqual(['中牟县']);
  expect(titles('XYS')).toEqual(['荥阳市']);
  // Zhengdong and Xinzheng hold it as a word, and 中牟 neither by name nor by its letters z m x.
  expect(titles('zheng')).toEqual(['郑东新区', '新郑市']);
});

test('nothing typed keeps all in their order, and what is nowhere finds nothing', () => {
  expect(titles(' ')).toEqual(['荥阳市', '新郑市', '郑东新区', '中牟县']);
  expect(titles('登封')).toEqual([]);
});

test('ranks: a title by place and length, another name after it, initials last', () => {
  expect(matchRank('阳', { title: '荥阳市' })).toBe(103);
  expect(matchRank('xing', { title: '荥阳市', also: ['Xingyang'] })).toBe(1008);
  expect(matchRank('xy', { title: '荥阳市' })).toBe(5003);
});
