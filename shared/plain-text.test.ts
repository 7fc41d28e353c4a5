import { expect, test } from 'vitest';
import { plainLine, plainText } from './plain-text.ts';

test('text keeps its lines and loses what is no text', () => {
  expect(plainText(' 甲\r\n乙\u2028丙\u0000\u0007\u202e丁\t戊\ud800 ')).toBe('甲\n乙\n丙丁 戊');
  expect(plainText('a\n\n\n\n\nb')).toBe('a\n\nb');
  expect(plainText('小麦🌾 <b>&')).toBe('小麦🌾 <b>&');
});
test('a line is one line', () => {
  expect(plainLine('甲 \r\n\n 乙\u0085丙')).toBe('甲 乙 丙');
});
