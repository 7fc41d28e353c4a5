import { expect, test } from 'vitest';
import type { BulletinDraft, IssuedBulletin } from '../../shared/bulletin.ts';
import { ask, at, COUNTY, field, NOON, rectangle, type TestApp, testApp } from '../app-for-test.ts';

const HOUR = 3_600_000;
const DAY = '2027-06-06';

/** Four passes of 200 m side by side from 10:00 on, the header down: 10 m × 200 m = 3 mu. */
const work = (east: number) =>
  Array.from({ length: 404 }, (_, i) => {
    const [pass, step] = [Math.floor(i / 101), i % 101];
    const [lng, lat] = at(east + 1.25 + pass * 2.5, pass % 2 === 0 ? step * 2 : 200 - step * 2);
    return [i + 1, NOON - 2 * HOUR + i * 2000, lng, lat, 3.6, null, 1, null, 1];
  });

async function report(server: TestApp, machine: string, east: number): Promise<void> {
  const device = await server.connect(await server.token({ role: 'device', machine }));
  expect(await ask(device, 'fix:report', { v: 1, outbox: `outbox-${machine}`, rows: work(east) })).toMatchObject({ ok: true });
  await server.app.book.fold.evaluateAll();
}

test('fixes that come after their day was issued re-open it, and leave a correction that names the machine', async () => {
  let now = NOON;
  const fields = [field('F1', rectangle(0, 0, 10, 200)), field('F2', rectangle(50, 0, 10, 200))];
  const server = await testApp({ fields, now: () => now });
  const { book } = server.app;
  const chief = await server.token({ role: 'dispatcher', name: '调度员', division: COUNTY });
  const draft = async () => (await server.get(`/api/v1/bulletins/draft?division=${COUNTY}&day=${DAY}`, chief)).body as BulletinDraft;
  const issue = async (lastVersion: number, reason?: string) => {
    const body = { division: COUNTY, day: DAY, draftVersion: 0, lastVersion, ...(reason && { reason }) };
    const issued = await server.send('POST', '/api/v1/bulletins', body, chief);
    expect(issued.status).toBe(200);
    return issued.body as IssuedBulletin;
  };

  await report(server, 'C1', 0);
  now = NOON + 6 * HOUR;
  expect((await issue(0)).content.total.harvest.measuredMu).toBeCloseTo(3, 1);
  expect(await draft()).toMatchObject({ sinceIssue: [], lateFixes: [] });

  // At 19:00 a machine that had no network sends what it did at 10:00.
  now = NOON + 7 * HOUR;
  await report(server, 'C2', 50);
  const correction = { at: now, cutOff: NOON + 5 * HOUR, beforeMu: 0, afterMu: expect.closeTo(3, 1) };
  // To a few fixes: which of them lie in the field is for the boundary to say.
  const seen = {
    fixes: expect.closeTo(404, -1),
    firstTime: expect.closeTo(NOON - 2 * HOUR, -4),
    lastTime: expect.closeTo(NOON - 2 * HOUR + 403 * 2000, -4),
  };
  const expected = { field: 'F2', operation: 'harvest', machine: 'C2', ...correction, ...seen };
  expect(book.corrections.of('F2', 'harvest')).toEqual([expected]);
  expect(book.corrections.of('F1', 'harvest')).toEqual([]);
  const onSheet = { at: now, plate: '豫A·C2', fixes: seen.fixes, beforeMu: 0, afterMu: correction.afterMu };
  expect(book.corrections.evidenceOf('F2', 'harvest')).toEqual([onSheet]);
  const open = await draft();
  expect(open.lateFixes).toEqual([{ ...expected, plate: '豫A·C2' }]);
  expect(open.sinceIssue).toContainEqual(
    expect.objectContaining({ figure: 'measuredMu', operation: 'harvest', before: expect.closeTo(3, 1), after: expect.closeTo(6, 1) }),
  );
  const second = await issue(1, '补传定位：C2');
  expect(second).toMatchObject({ version: 2, reason: '补传定位：C2' });
  expect(second.content.total.harvest.measuredMu).toBeCloseTo(6, 1);
  expect((await draft()).lateFixes).toEqual([]);

  // It is on record: after a kill and a new start, and when everything is folded again.
  await server.close();
  const next = await testApp({ uri: server.uri, now: () => now });
  expect(next.app.book.corrections.of('F2', 'harvest')).toEqual([expected]);
});
