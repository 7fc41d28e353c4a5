import { describe, expect, test } from 'vitest';
import type { RouteOutput } from '../../shared/rest.ts';
import { COUNTY, NOON, TOWN, testApp } from '../app-for-test.ts';

type Page = RouteOutput<'audit'>;

describe('the audit trail', async () => {
  let wall = NOON;
  const server = await testApp({ wall: () => wall });
  const administrator = await server.token({ role: 'administrator', name: '王局' });
  const clerk = await server.token({ role: 'clerk', name: '=1+1 李明', division: TOWN });
  const report = (machineMu: number, reason?: string) => {
    wall += 1000;
    const body = { division: TOWN, operation: 'harvest', day: '2027-06-06', machineMu, handMu: 0, ...(reason && { reason }) };
    return server.send('POST', '/api/v1/reported', body, clerk);
  };
  const page = async (query: string, token = administrator) => (await server.get(`/api/v1/audit?${query}`, token)).body as Page;

  test('says who, when on both clocks, what, before and after, and from where', async () => {
    await report(40);
    await report(30, '重复统计');
    const { events } = await page(`object=reported:${TOWN}`);
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      at: NOON,
      wallAt: NOON + 2000,
      who: { account: null, role: 'clerk', name: '=1+1 李明' },
      from: '127.0.0.1',
      action: 'reported',
      object: `reported:${TOWN}:harvest`,
      label: '高村乡',
      before: { machineMu: 40, version: 1 },
      after: { machineMu: 30, version: 2, reason: '重复统计' },
    });
  });

  test('is found by object, person, action and day, and tells which actions there are', async () => {
    await server.send('POST', '/api/v1/tokens', { viewer: true }, administrator);
    const counts = async (query: string) => (await page(query)).events.length;
    expect([await counts('person=李明'), await counts('person=王局'), await counts('action=issueToken')]).toEqual([2, 1, 1]);
    expect([await counts('day=2027-06-06'), await counts('day=2027-06-05'), await counts('object=.*')]).toEqual([3, 0, 0]);
    expect((await page('')).actions).toEqual(['issueToken', 'reported']);
  });

  test('comes a hundred at a time, the newest first, without a gap or a double', async () => {
    for (let i = 0; i < 120; i++) await server.send('POST', '/api/v1/tokens', { viewer: true }, administrator);
    const first = await page('');
    const second = await page(`from=${first.next}`);
    expect([first.events.length, second.events.length, second.next]).toEqual([100, 23, null]);
    expect(new Set([...first.events, ...second.events].map(event => event.id)).size).toBe(123);
    expect(second.events.at(-1)).toMatchObject({ action: 'reported', after: { version: 1 } });
    expect(await server.get('/api/v1/audit?from=nowhere', administrator)).toMatchObject({ status: 400 });
  });

  test('goes out as CSV in which nothing runs as a formula, and that is an event itself', async () => {
    const response = await fetch(`${server.url}/api/v1/audit/file?action=reported`, {
      headers: { Authorization: `Bearer ${administrator}` },
    });
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=audit.csv');
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^\uFEFF"time","season time","person"/);
    expect(lines[1]).toContain(`"2027-06-06 12:00:02","2027-06-06 12:00:00","'=1+1 李明","clerk","","127.0.0.1","reported"`);
    expect((await page('action=auditFile')).events[0]).toMatchObject({ after: { action: 'reported', lines: 2 } });
  });

  test('shows the history of one record to those who reach it, with a phone number only to who may call it', async () => {
    const file = (phone: string) => Buffer.from(`号牌,类型,所属单位,机手,电话\r\n豫A·H1,收割机,${COUNTY},王师傅,${phone}\r\n`);
    const bring = (phone: string) =>
      fetch(`${server.url}/api/v1/imports/machines?apply=true`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${administrator}` },
        body: file(phone),
      });
    expect((await bring('13800001234')).status).toBe(200);
    wall += 1000;
    await bring('13900005678');
    // The same file again changes nothing.
    await bring('13900005678');
    const [id] = [...server.app.book.registry.machines.values()].filter(one => one.plate === '豫A·H1').map(one => one.id);
    const past = async (who: Parameters<typeof server.token>[0]) => server.get(`/api/v1/history/machine/${id}`, await server.token(who));
    const seen = await past({ role: 'dispatcher', division: COUNTY });
    expect(seen.body).toMatchObject({
      events: [
        {
          action: 'importFile',
          who: { name: '王局' },
          from: null,
          before: { operatorPhone: '13800001234' },
          after: { operatorPhone: '13900005678' },
        },
        { before: null, after: { operatorPhone: '13800001234' } },
      ],
      next: null,
    });
    const clerk = await past({ role: 'clerk', division: COUNTY });
    expect(clerk.body).toMatchObject({ events: [{ after: { operatorPhone: '139****5678' } }, {}] });
    expect((await past({ role: 'dispatcher', division: '410185' })).status).toBe(403);
    expect((await past({ role: 'administrator' })).body).toMatchObject({ events: [{ from: '127.0.0.1' }, {}] });
  });

  test('is read by administrators alone', async () => {
    for (const role of ['dispatcher', 'clerk', 'viewer', 'operator', 'station'] as const) {
      const token = await server.token({ role, division: COUNTY });
      expect((await server.get('/api/v1/audit', token)).status).toBe(403);
      expect((await server.get('/api/v1/audit/file', token)).status).toBe(403);
    }
  });
});
