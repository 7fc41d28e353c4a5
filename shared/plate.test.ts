import { expect, test } from 'vitest';
import { plainPlate } from './plate.ts';

test('a plate is the same with and without dots, blanks, small and wide letters', () => {
  expect(['豫A·12345', '豫a 12345', '豫Ａ-12345', '豫A.12345'].map(plainPlate)).toEqual(Array(4).fill('豫A12345'));
});
