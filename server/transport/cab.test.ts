import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FixRow } from '../../shared/fix.ts';
import { ask, at, field, NOON, rectangle, testApp } from '../app-for-test.ts';

/** A strip of 2.5 m × 100 m, cut whole by one pass: 0.375 mu. */
const strip = field('F1', rectangle(0, 0, 2.5, 100));
const cut: FixRow[] = Array.from({ length: 103 }, (_, i) => [i + 1, NOON - 110_000 + i * 1000, ...at(1.25, i - 1), 3.6, 0, 1, 2.5, 1]);

describe('the cab', async () => {
  const server = await testApp({ fields: [strip] });
  const operator = await server.token({ role: 'operator', name: '机手甲', machine: 'C1' });
  const duty = (on: boolean, minutesAgo: number) => ({ id: randomUUID(), on, at: NOON - minutesAgo * 60_000 });

  test('shows its own machine before anything has come', async () => {
    expect(await server.get('/api/v1/cab', operator)).toMatchObject({
      status: 200,
      body: {
        machine: 'C1',
        plate: '豫A·C1',
        kind: 'combine',
        operatorName: '机手 C1',
        operation: 'harvest',
        workingWidthM: 2.5,
        todayMu: 0,
        field: null,
        lastFixTime: null,
        duty: null,
        repair: null,
        consentAt: null,
      },
    });
  });

  test('gives a signed-in operator a token that reports for the own machine, and a token gives no other', async () => {
    const { status, body } = (await server.send('POST', '/api/v1/cab/token', {}, operator)) as {
      status: number;
      body: { token: string; machine: string; plate: string };
    };
    expect({ status, machine: body.machine, plate: body.plate }).toEqual({ status: 200, machine: 'C1', plate: '豫A·C1' });
    const device = await server.connect(body.token);
    expect(await ask(device, 'fix:report', { v: 1, outbox: 'outbox-cab', rows: cut })).toMatchObject({ ok: true, value: { upTo: 103 } });
    expect(await server.send('POST', '/api/v1/cab/token', {}, body.token)).toMatchObject({ status: 403 });
    await server.app.book.fold.evaluateAll();
    const cab = (await server.get('/api/v1/cab', body.token)).body as { todayMu: number; lastFixTime: number; field: unknown };
    expect(cab.todayMu).toBeCloseTo(0.375, 3);
    expect(cab.lastFixTime).toBe(NOON - 8000);
  });

  test('counts the latest switch, whatever the order of arrival, and each once', async () => {
    const on = duty(true, 30);
    const off = duty(false, 10);
    for (const change of [off, on, off, on]) {
      expect(await server.send('POST', '/api/v1/cab/duty', change, operator)).toMatchObject({ status: 200, body: change });
    }
    const machine = await server.get('/api/v1/machines/C1', await server.token({ role: 'administrator' }));
    expect(machine.body).toMatchObject({ duty: { on: false, since: NOON - 600_000 } });
    expect(await server.app.book.cabStore.latestDuties()).toMatchObject([{ machine: 'C1', on: false, author: '机手甲' }]);
  });

  test('takes a switch dated ahead of the season as one of now', async () => {
    await server.send('POST', '/api/v1/cab/duty', duty(true, -120), operator);
    expect((await server.get('/api/v1/cab', operator)).body).toMatchObject({ duty: { on: true, since: NOON } });
  });

  test('keeps when the text about positions was agreed to', async () => {
    const consent = { id: randomUUID(), text: 1, at: NOON - 5000 };
    for (const _ of [1, 2]) await server.send('POST', '/api/v1/cab/consent', consent, operator);
    expect((await server.get('/api/v1/cab', operator)).body).toMatchObject({ consentAt: NOON - 5000 });
  });

  test('is closed to everybody who has no machine', async () => {
    for (const role of ['administrator', 'dispatcher', 'clerk', 'station', 'viewer'] as const) {
      const token = await server.token({ role, division: '410100' });
      expect((await server.get('/api/v1/cab', token)).status, role).toBe(403);
      expect((await server.send('POST', '/api/v1/cab/token', {}, token)).status, role).toBe(403);
      expect((await server.send('POST', '/api/v1/cab/duty', duty(true, 1), token)).status, role).toBe(403);
    }
    expect((await server.get('/api/v1/cab')).status).toBe(401);
  });

  test('knows who is on duty after a restart', async () => {
    await server.close();
    const again = await testApp({ uri: server.uri });
    expect(again.app.book.duties.of('C1')).toEqual({ on: true, since: NOON });
  });
});
