import { expect, test } from 'vitest';
import { fieldText, instantOf } from './local-time.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);

test('an instant is written and read in the time of Zhengzhou', () => {
  expect(fieldText(at('2027-06-06T12:34:56'))).toBe('2027-06-06T12:34');
  expect(instantOf('2027-06-06T12:34', null)).toBe(at('2027-06-06T12:34:00'));
  expect([fieldText(null), instantOf('', null)]).toEqual(['', null]);
});

test('the minute of the call means the call itself, an earlier one stays earlier', () => {
  const call = at('2027-06-06T12:34:56');
  expect(instantOf('2027-06-06T12:34', call)).toBe(call);
  expect(instantOf('2027-06-06T12:33', call)).toBe(at('2027-06-06T12:33:00'));
  expect(instantOf('2027-06-06T12:35', call)).toBe(at('2027-06-06T12:35:00'));
});
