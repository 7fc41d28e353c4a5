import { expect, test } from 'vitest';
import { testApp } from '../../server/app-for-test.ts';
import { drainLink } from './drain-link.ts';
import { faultsOf } from './run-link.ts';

test('a backlog comes through a thin line beside a live position that stays young, and every fix is stored once', {
  timeout: 60_000,
}, async () => {
  const server = await testApp({ realClock: true });
  const tokens = { machine: await server.token({ role: 'device', machine: 'C1' }), viewer: await server.token({ role: 'administrator' }) };
  const origin = [113.4, 34.7];
  const line = { bitsPerS: 40_000, roundTripMs: 300 };
  const { url } = server;
  const drained = await drainLink({
    url,
    machine: 'C1',
    tokens,
    city: '410100',
    origin,
    seed: 1,
    backlog: 1000,
    say: () => undefined,
    ...line,
  });
  const stored = server.app.book.machines.detail('C1').fixes;
  expect(faultsOf(drained, stored)).toEqual([]);
  // 1,000 fixes of some 9 bytes are 9 kB; the line carries 5 kB a second.
  expect(drained.seconds).toBeGreaterThan(1);
  expect(drained.lineBytesPerFix).toBeLessThan(14);
});

test('what is missed is named', () => {
  const drained = {
    seconds: 601,
    fixes: 10,
    refused: 1,
    firstLiveMs: 5001,
    oldestLiveMs: 5002,
    upBytes: 0,
    downBytes: 0,
    lineBytesPerFix: 0,
  };
  expect(faultsOf(drained, 8)).toEqual([
    'the backlog took 601.0 s, more than 600',
    'no page showed where the machine is for 5001 ms',
    'the live position got 5002 ms old',
    '10 fixes were numbered, 8 are stored and 1 were refused',
  ]);
});
