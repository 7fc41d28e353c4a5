import { describe, expect, test, vi } from 'vitest';
import { COUNTY, NOON, testApp } from '../app-for-test.ts';
import { addressKey } from '../services/address-limit.ts';

// Thousands of requests take their time on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const PASSWORD = 'gold wheat 27';
const MINUTE = 60_000;

describe('who guesses passwords', async () => {
  let wall = NOON;
  const server = await testApp({ wall: () => wall, trustProxy: 1 });
  const { people } = server.app.book;
  const administrator = await server.token({ role: 'administrator', name: '管理员' });
  const invited = await server.send('POST', '/api/v1/invitations', { role: 'dispatcher', division: COUNTY, name: '李明' }, administrator);
  const { code } = invited.body as { code: string };
  await server.send('POST', '/api/v1/invitations/accept', { code, login: 'li.ming', password: PASSWORD });
  const signIn = (login: string, password: string, from: string) =>
    server.send('POST', '/api/v1/session', { login, password }, undefined, { 'X-Forwarded-For': from });
  /** Forty at a time; how often each status came. */
  const guess = async (times: number, from: (i: number) => string, login = () => 'li.ming') => {
    const counts: Record<number, number> = {};
    let next = 0;
    const one = async () => {
      for (let i = next++; i < times; i = next++) {
        const { status } = await signIn(login(), `guess-${i}`, from(i));
        counts[status] = (counts[status] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: 40 }, one));
    return counts;
  };

  test('three thousand times from three thousand addresses has five tries; the owner comes in when the lock ends', async () => {
    const before = people.passwords.computed;
    expect(await guess(3000, i => `10.${i >> 8}.${i & 255}.7`)).toEqual({ 401: 5, 429: 2995 });
    expect(people.passwords.computed - before).toBe(5);
    const locked = await signIn('LI.ming', PASSWORD, '192.0.2.9');
    expect(locked).toMatchObject({ status: 429, body: { problem: { code: 'limited', retryAfterMs: 15 * MINUTE } } });
    wall += 15 * MINUTE - 1;
    expect(await signIn('li.ming', PASSWORD, '192.0.2.9')).toMatchObject({ status: 429, body: { problem: { retryAfterMs: 1 } } });
    wall += 1;
    expect(await signIn('li.ming', PASSWORD, '192.0.2.9')).toMatchObject({ status: 200 });
    expect(await signIn('li.ming', 'one wrong try', '192.0.2.9')).toMatchObject({ status: 401 });
  });

  test('six hundred times from one address has thirty, whichever logins it tries', async () => {
    const before = people.passwords.computed;
    let n = 0;
    expect(
      await guess(
        600,
        () => '198.51.100.1',
        () => `user${n++}`,
      ),
    ).toEqual({ 401: 30, 429: 570 });
    expect(people.passwords.computed - before).toBe(30);
    expect(await signIn('li.ming', PASSWORD, '198.51.100.2')).toMatchObject({ status: 200 });
  });

  test('cannot tell a login that exists from one that does not, nor after a restart', async () => {
    const answers = async (login: string, from: string) => {
      const list = [];
      for (let i = 0; i < 6; i++) list.push(await signIn(login, `wrong-${i}`, from));
      return list.map(({ status, body }) => ({ status, body }));
    };
    const existing = await answers('li.ming', '203.0.113.1');
    expect(existing.map(answer => answer.status)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await answers('nobody', '203.0.113.2')).toEqual(existing);
    const again = await testApp({ uri: server.uri, wall: () => wall });
    const later = async (login: string) => (await again.send('POST', '/api/v1/session', { login, password: PASSWORD })).status;
    expect([await later('li.ming'), await later('nobody')]).toEqual([429, 429]);
    await again.close();
  });

  test('a new invitation ends the lock', async () => {
    const account = people.accounts.withLogin('li.ming')!;
    const reset = (await server.send('POST', `/api/v1/accounts/${account.id}/reset`, {}, administrator)).body as { code: string };
    expect(await server.send('POST', '/api/v1/invitations/accept', { code: reset.code, password: 'another good one' })).toMatchObject({
      status: 200,
    });
    expect(await signIn('li.ming', 'another good one', '203.0.113.3')).toMatchObject({ status: 200 });
  });
});

test('who guesses codes has forty tries from one address; a code that is right does not count', async () => {
  const server = await testApp({ trustProxy: 1 });
  const administrator = await server.token({ role: 'administrator', name: '管理员' });
  const { code } = (await server.send('POST', '/api/v1/invitations', { role: 'viewer', name: '客人' }, administrator)).body as {
    code: string;
  };
  const look = async (tried: string, from: string) =>
    (await server.send('POST', '/api/v1/invitations/look', { code: tried }, undefined, { 'X-Forwarded-For': from })).status;
  for (let i = 0; i < 60; i++) expect(await look(code, '198.51.100.7')).toBe(200);
  const wrong = [];
  for (let i = 0; i < 60; i++) wrong.push(await look(`AAAAA-AAA${i}`, '198.51.100.7'));
  expect(wrong).toEqual([...Array(40).fill(404), ...Array(20).fill(429)]);
  expect([await look(code, '198.51.100.7'), await look(code, '198.51.100.8')]).toEqual([429, 200]);
});

test('an IPv6 network is one address, an IPv4 address written as IPv6 is itself', () => {
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(addressKey('2001:db8:1:2::9')).toBe('2001:db8:1:2');
  expect(addressKey('2001:db8::9')).toBe('2001:db8:0:0');
  expect(addressKey('::1')).toBe('0:0:0:0');
  expect(addressKey('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(addressKey('192.0.2.1')).toBe('192.0.2.1');
  expect(addressKey(null)).toBe('unknown');
});
