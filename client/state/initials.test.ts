import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test('the counties of Zhengzhou by the first letters of their pinyin', () => {
  const names = ['荥阳市', '登封市', '新密市', '中牟县', '巩义市', '新郑市', '金水区', '惠济区', '二七区', '管城回族区'];
  expect(names.map(initialsOf)).toEqual(['xys', 'dfs', 'xms', 'zmx', 'gys', 'xzs', 'jsq', 'hjq', 'eqq', 'gchzq']);
});

test('letters and digits stay what they are', () => {
  expect(initialsOf('豫A·C12')).toBe('ya·c12');
});
