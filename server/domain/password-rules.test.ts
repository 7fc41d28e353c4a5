import { expect, test } from 'vitest';
import { newCode, plainCode } from './invitation-code.ts';
import { passwordFault } from './password-rules.ts';

const of = (password: string) => passwordFault(password, { login: 'li.ming.xy', name: '荥阳市农机调度中心' });

test('a password of eight characters that says nothing of its owner is taken', () => {
  expect([of('gold-wheat'), of('麦子熟了麦子熟了')]).toEqual([null, null]);
});

test('a short one, the login, the name, a common one and one letter repeated are not', () => {
  expect(of('seven77')).toMatch(/at least 8/);
  expect(of('麦子熟了')).toMatch(/at least 8/);
  expect(of('LI.MING.XY')).toMatch(/not the login/);
  expect(of('荥阳市农机调度中心')).toMatch(/the name/);
  expect(of('A12345678')).toMatch(/commonest/);
  expect(of('zzzzzzzzz')).toMatch(/commonest/);
});

test('a code is ten unmistakable letters in two groups, and is the same however it is typed', () => {
  expect(newCode(below => below - 1)).toBe('99999-99999');
  let next = 0;
  expect(newCode(() => next++)).toBe('ABCDE-FGHJK');
  expect(plainCode(' abcde fghjk')).toBe('ABCDEFGHJK');
  expect(plainCode('AbCdE—fGhJk')).toBe('ABCDEFGHJK');
});
