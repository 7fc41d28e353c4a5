import { describe, expect, test } from 'vitest';
import type { FixRow } from '../../shared/fix.ts';
import type { SealedSeason } from '../../shared/routes/setup.ts';
import { dayStart } from '../../shared/season.ts';
import { ask, at, COUNTY, field, NOON, rectangle, type TestApp, TOWN, testApp } from '../app-for-test.ts';
import { upload } from '../upload-for-test.ts';
import { digestOf } from './digest.ts';

/** A strip of 2.5 m × 100 m, 0.375 mu, cut whole by one pass of 103 fixes. */
const strip = rectangle(0, 0, 2.5, 100);
const pass = (fromSeq: number, since: number): FixRow[] =>
  Array.from({ length: 103 }, (_, i) => [fromSeq + i, since + i * 1000, ...at(1.25, i - 1), 3.6, 0, 1, 2.5, 1]);
const YEAR_LATER = dayStart('2028-06-06') + 12 * 3_600_000;

describe('a season that is closed', async () => {
  let server = await testApp({ fields: [field('F1', strip, { ripeDate: '2027-06-01' })] });
  const { uri } = server;
  const administrator = await server.token({ role: 'administrator', name: '管理员' });
  const clerk = await server.token({ role: 'clerk', division: TOWN });
  const device = await server.token({ role: 'device', machine: 'C1' });
  const report = async (rows: FixRow[], outbox = 'outbox-of-two-seasons') =>
    ask(await server.connect(device), 'fix:report', { v: 1, outbox, rows });
  const post = (path: string, body: object, token = administrator) => server.send('POST', `/api/v1${path}`, body, token);
  const figure = (day: string) => ({ division: TOWN, operation: 'harvest', day, machineMu: 40, handMu: 2 });
  const figures = async (of: TestApp) => {
    const unit = of.app.book.board.unitNow(COUNTY);
    return {
      harvest: unit.harvest.measuredMu,
      reported: unit.harvest.reportedMachineMu,
      digest: await digestOf(of.app.book.log, of.app.book.fold),
    };
  };
  let atClosing: Awaited<ReturnType<typeof figures>>;
  let sealed: SealedSeason;

  test('is closed by its year typed by hand, by nobody but an administrator', async () => {
    expect(await report(pass(1, NOON - 7_200_000))).toMatchObject({ ok: true, value: { upTo: 103 } });
    expect(await post('/reported', figure('2027-06-06'), clerk)).toMatchObject({ status: 200 });
    expect(await post('/seasons/2027/close', { confirm: '2027' }, clerk)).toMatchObject({ status: 403 });
    expect(await post('/seasons/2027/close', { confirm: 'yes' })).toMatchObject({ status: 400 });
    expect(await post('/seasons', { year: 2028 })).toMatchObject({ status: 409 });
    await server.app.book.fold.evaluateAll();
    atClosing = await figures(server);
    expect(atClosing).toMatchObject({ harvest: expect.closeTo(0.375, 3), reported: 40, digest: { fixes: 103 } });
    expect(await post('/seasons/2027/close', { confirm: '2027' })).toMatchObject({ status: 200, body: { closedAt: NOON, closedUpTo: 1 } });
    sealed = (await server.get('/api/v1/seasons/2027/sealed', administrator)).body;
    expect(sealed.digest).toEqual(atClosing.digest);
    expect(sealed.units.find(unit => unit.code === COUNTY)?.harvest.reportedMachineMu).toBe(40);
  });

  test('refuses every write', async () => {
    const closed = { status: 409, body: { problem: { code: 'conflict', message: expect.stringContaining('the season is closed') } } };
    expect(await post('/reported', { ...figure('2027-06-06'), machineMu: 50 }, clerk)).toMatchObject(closed);
    const drawn = { id: 'F2', polygon: rectangle(50, 0, 20, 100), town: TOWN, village: '', crop: 'wheat', ripeDate: null };
    expect(await post('/fields', drawn)).toMatchObject(closed);
    expect(await server.send('PUT', '/api/v1/fields/F1', { polygon: strip, version: 1 }, administrator)).toMatchObject(closed);
    expect(await upload(server, { kind: 'units', bytes: Buffer.from('x'), token: administrator })).toMatchObject(closed);
    expect(await server.send('PUT', '/api/v1/seasons/2027', { year: 2027, name: 'x' }, administrator)).toMatchObject(closed);
    expect(await post('/seasons/2027/close', { confirm: '2027' })).toMatchObject(closed);
  });

  test('still acknowledges and stores what devices send, and folds none of it', async () => {
    expect(await report(pass(104, NOON - 3_600_000))).toMatchObject({ ok: true, value: { upTo: 206 } });
    expect(await report(pass(1, NOON - 1_000_000), 'an-outbox-made-later')).toMatchObject({ ok: true, value: { upTo: 103 } });
    await server.app.book.fold.evaluateAll();
    expect(await figures(server)).toEqual(atClosing);
  });

  test('is the same bit for bit after a restart, and devices go on where they were', async () => {
    await server.close();
    server = await testApp({ uri });
    expect(await figures(server)).toEqual(atClosing);
    expect(await report(pass(207, NOON - 500_000))).toMatchObject({ ok: true, value: { upTo: 309 } });
    expect(await report(pass(104, NOON - 400_000), 'an-outbox-made-later')).toMatchObject({ ok: true, value: { upTo: 206 } });
    expect(await figures(server)).toEqual(atClosing);
  });

  test('lets a new one begin beside it: its lists and areas, no coverage, no reports', async () => {
    expect(await post('/seasons', { year: 2027 })).toMatchObject({ status: 400 });
    expect(await post('/seasons', { year: 2028, areasFrom: 2027 })).toMatchObject({ status: 200, body: { year: 2028, fromBatch: 5 } });
    await server.close();
    server = await testApp({ uri, now: () => YEAR_LATER });
    const { registry, board } = server.app.book;
    expect(await figures(server)).toMatchObject({ harvest: 0, reported: 0, digest: { fixes: 0, totals: { fields: 0 } } });
    expect(board.areasOf(COUNTY)).toEqual({ plantedMu: 100, plannedMu: 90 });
    expect(registry.ownArea(TOWN)).toMatchObject({ year: 2028, version: 1 });
    expect(registry.fields.get('F1')).toMatchObject({ ripeDate: null, version: 1 });
  });

  test('is not touched by the new one, which folds what is of its own year alone, in the outboxes of before', async () => {
    expect(await report(pass(310, NOON - 300_000))).toMatchObject({ ok: true, value: { upTo: 412 } });
    expect(await report(pass(413, YEAR_LATER - 7_200_000))).toMatchObject({ ok: true, value: { upTo: 515 } });
    expect(await post('/reported', { ...figure('2028-06-06'), machineMu: 7, handMu: 0 }, clerk)).toMatchObject({ status: 200 });
    await server.app.book.fold.evaluateAll();
    const before = await figures(server);
    expect(before).toMatchObject({ harvest: expect.closeTo(0.375, 3), reported: 7, digest: { fixes: 103 } });
    await server.close();
    server = await testApp({ uri, now: () => YEAR_LATER });
    expect(await figures(server)).toEqual(before);
    expect((await server.get('/api/v1/seasons/2027/sealed', administrator)).body).toEqual(sealed);
    expect((await server.get('/api/v1/setup', administrator)).body).toMatchObject({
      season: { year: 2028 },
      closed: [{ year: 2027, closedAt: NOON }],
    });
  });
});
