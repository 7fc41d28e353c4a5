import { expect, test } from 'vitest';
import { linkOf, linkWarnings } from './link.ts';

const warnings = (base: string) => linkWarnings(linkOf('/cab#enrol=ABCDE-FGHJK', base));

test('a link on an address of this computer warns that nobody else reaches it', () => {
  expect([warnings('http://127.0.0.1:3000'), warnings('http://localhost:3000'), warnings('http://[::1]:3000')]).toEqual([
    ['loopback'],
    ['loopback'],
    ['loopback'],
  ]);
});

test('a link over plain http to another host warns that phones give no position; over https nothing is wrong', () => {
  expect(warnings('http://192.168.1.20:3000')).toEqual(['plainHttp']);
  expect(warnings('https://sanxia.example.cn')).toEqual([]);
});
