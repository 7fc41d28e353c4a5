import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Broadcast, FieldRow, RequestOutput } from '../../shared/contract.ts';
import type { FixRow } from '../../shared/fix.ts';
import type { Progress } from '../../shared/progress.ts';
import { ask, at, COUNTY, field, machine, NOON, rectangle, TOWN, testApp } from '../app-for-test.ts';
import { tilesOf } from '../domain/tiles.ts';
import { digestOf } from '../services/digest.ts';

const ground = rectangle(0, 0, 2.5, 100);
/** Ten fixes a batch along the middle of the field: it is cut whole, 100 m × 2.5 m = 0.375 mu. */
const cut: FixRow[] = Array.from({ length: 103 }, (_, i) => [i + 1, NOON - 7_200_000 + i * 1000, ...at(1.25, i - 1), 3.6, 0, 1, 2.5, 1]);

describe('a dispatcher', async () => {
  const server = await testApp({ fields: [field('F1', ground), field('F2', rectangle(50, 0, 20, 100))], demo: true });
  const device = await server.connect(await server.token({ role: 'device', machine: 'C1' }));
  const signIn = await server.send('POST', '/api/v1/demo/sign-in', { role: 'dispatcher' }, undefined, { Origin: server.url });
  const cookie = signIn.cookie!.split(';')[0];
  const dispatcher = await server.connect(null, { cookie, origin: server.url });
  const viewer = await server.token({ role: 'viewer' });
  const county = await server.token({ role: 'dispatcher', division: '410185' });

  test('signs in with one click in the demonstration, with a cookie that no script and no other site can use', () => {
    expect(signIn).toMatchObject({ status: 200, body: { role: 'dispatcher', division: '410100' } });
    expect(signIn.cookie).toMatch(/HttpOnly; SameSite=Strict/);
  });

  test('opens the city, and from then on gets one delta a second, an empty one too', async () => {
    const opened = (await ask(dispatcher, 'view:open', { division: '410100' })) as { ok: true; value: RequestOutput<'view:open'> };
    expect(opened.value.units.map(unit => [unit.code, unit.plantedMu])).toEqual([
      ['410100', 100],
      [COUNTY, 100],
      ['410185', 0],
    ]);
    const first = await new Promise<Broadcast<'view:changed'>>(resolve => dispatcher.once('view:changed', resolve));
    const second = await new Promise<Broadcast<'view:changed'>>(resolve => dispatcher.once('view:changed', resolve));
    expect([first.machines, second]).toEqual([[], { asOf: NOON, machines: [], units: [] }]);
  });

  test('sees the machine move, the field fill and the bars climb', async () => {
    const tiles = tilesOf(ground);
    expect(await ask(dispatcher, 'tiles:watch', { tiles })).toEqual({ ok: true, value: { fields: [] } });
    const fieldRow = new Promise<FieldRow>(resolve =>
      dispatcher.on('field:changed', ({ fields }) => fields[0][1] === 'harvested' && resolve(fields[0])),
    );
    const view = new Promise<Broadcast<'view:changed'>>(resolve =>
      dispatcher.on('view:changed', message => message.units.length > 0 && resolve(message)),
    );
    expect(await ask(device, 'fix:report', { v: 1, outbox: 'outbox-pages', rows: cut })).toMatchObject({ ok: true });
    expect(await fieldRow).toEqual(['F1', 'harvested', 1, 0, false]);
    expect((await view).units[0]).toMatchObject({
      code: '410100',
      harvest: { measuredMu: expect.closeTo(0.375, 3), headlineMu: expect.closeTo(0.375, 3), progress: expect.closeTo(0.00375, 5) },
    });
  });

  test('gets the figures by HTTP, measured and reported apart, the larger machine area plus the hand-cut area as headline', async () => {
    const clerk = await server.token({ role: 'clerk', division: TOWN });
    const figure = { division: TOWN, operation: 'harvest', day: '2027-06-06', machineMu: 40, handMu: 2 };
    expect(await server.send('POST', '/api/v1/reported', figure, clerk)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await server.send('POST', '/api/v1/reported', { ...figure, machineMu: 30 }, clerk)).toMatchObject({
      status: 400,
      body: { problem: { message: expect.stringContaining('say why') } },
    });
    expect(await server.send('POST', '/api/v1/reported', { ...figure, machineMu: 30, reason: '重复统计' }, clerk)).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    const progress = (await server.get('/api/v1/progress?division=410100', viewer)).body as Progress;
    expect(progress).toEqual({
      division: '410100',
      day: '2027-06-06',
      asOf: NOON,
      plantedMu: 100,
      plannedMu: 90,
      terminalShare: 1,
      harvest: {
        measuredMu: expect.closeTo(0.375, 3),
        reportedMachineMu: 30,
        reportedHandMu: 2,
        headlineMu: 32,
        progress: 0.32,
        machineRate: 0.9375,
      },
      sow: { measuredMu: 0, reportedMachineMu: 0, reportedHandMu: 0, headlineMu: 0, progress: 0, machineRate: null },
    });
  });

  test('of the day before sees what was known then', async () => {
    const before = (await server.get(`/api/v1/progress?division=${TOWN}&day=2027-06-05`, viewer)).body as Progress;
    expect([before.asOf, before.harvest.measuredMu, before.harvest.reportedMachineMu]).toEqual([NOON - 19 * 3_600_000, 0, 0]);
    expect(await server.get(`/api/v1/progress?division=${TOWN}&day=2027-06-08`, viewer)).toMatchObject({ status: 400 });
    expect(await server.get('/api/v1/progress?division=999', viewer)).toMatchObject({ status: 404 });
  });

  test('opens a field into its machines, and a machine into its fields and its trail', async () => {
    expect(await server.get('/api/v1/fields/F1', viewer)).toMatchObject({
      body: {
        stage: 'harvested',
        operations: [{ operation: 'harvest', machines: [{ machine: 'C1', coveredMu: expect.closeTo(0.375, 3) }] }],
      },
    });
    expect(await server.get('/api/v1/machines/C1', viewer)).toMatchObject({
      body: { fixes: 103, refused: 0, todayMu: expect.closeTo(0.375, 3), fields: [{ id: 'F1', operation: 'harvest' }] },
    });
    const administrator = await server.token({ role: 'administrator' });
    const trail = (await server.get(`/api/v1/machines/C1/trail?from=${NOON - 8e6}&to=${NOON}`, administrator)).body as {
      runs: unknown[][];
      gaps: unknown[];
    };
    expect(trail.runs.map(run => run.length)).toEqual([103]);
    expect(trail.gaps).toEqual([]);
  });

  test('hears once from a phone why it has no position, in the words of its dispatcher', async () => {
    const phone = await server.token({ role: 'device', machine: 'C1' });
    const gap = { id: randomUUID(), from: NOON - 9e6, to: NOON - 7.5e6, cause: 'locked' };
    for (const _ of [1, 2]) expect(await server.send('POST', '/api/v1/cab/gaps', gap, phone)).toMatchObject({ status: 200, body: gap });
    const ahead = { ...gap, id: randomUUID(), to: NOON + 3_600_000 };
    expect(await server.send('POST', '/api/v1/cab/gaps', ahead, phone)).toMatchObject({ status: 400 });
    const dispatcher = await server.token({ role: 'dispatcher', division: COUNTY });
    const { body } = await server.get(`/api/v1/machines/C1/trail?from=${NOON - 8e6}&to=${NOON}`, dispatcher);
    expect(body).toMatchObject({ gaps: [{ from: NOON - 8e6, to: NOON - 7.5e6, cause: 'locked' }] });
  });

  test('finds machines, fields and units', async () => {
    const found = async (q: string) => (await server.get(`/api/v1/search?q=${encodeURIComponent(q)}`, viewer)).body;
    expect(await found('豫A·C2')).toMatchObject({ machines: [{ id: 'C2' }] });
    expect(await found('荥阳')).toMatchObject({ divisions: [{ code: COUNTY }] });
    expect(await found('F2')).toMatchObject({ fields: [{ id: 'F2' }] });
  });

  test('of another county sees and changes nothing here', async () => {
    const forbidden = { status: 403, body: { problem: { code: 'forbidden' } } };
    expect(await server.get(`/api/v1/progress?division=${COUNTY}`, county)).toMatchObject(forbidden);
    expect(await server.get('/api/v1/fields/F1', county)).toMatchObject(forbidden);
    expect(await server.get('/api/v1/machines/C1', county)).toMatchObject(forbidden);
    expect(await server.send('PUT', '/api/v1/fields/F1', { polygon: ground, version: 1 }, county)).toMatchObject(forbidden);
    const [x, y] = tilesOf(ground)[0].split('/');
    expect(await server.get(`/api/v1/tiles/${x}/${y}`, county)).toMatchObject({ body: { fields: [] } });
    const socket = await server.connect(county);
    expect(await ask(socket, 'view:open', { division: '410100' })).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
  });

  test('without a session is asked to sign in, and a request from another site is refused', async () => {
    expect(await server.get('/api/v1/places')).toMatchObject({ status: 401, body: { problem: { code: 'unauthenticated' } } });
    expect(
      await server.send('POST', '/api/v1/demo/sign-in', { role: 'dispatcher' }, undefined, { Origin: 'https://elsewhere.example' }),
    ).toMatchObject({ status: 403 });
    expect(await server.send('POST', '/api/v1/reported', '{"half', viewer)).toMatchObject({
      status: 400,
      body: { problem: { message: 'the body is not JSON' } },
    });
  });

  test('changes a boundary in mid-season: the field is painted again, and a crossing one is refused with the place', async () => {
    const administrator = await server.token({ role: 'administrator' });
    const told = new Promise(resolve => dispatcher.once('tiles:changed', resolve));
    const bowTie = { type: 'Polygon', coordinates: [[at(0, 0), at(50, 100), at(50, 0), at(0, 100), at(0, 0)]] };
    expect(await server.send('PUT', '/api/v1/fields/F1', { polygon: bowTie, version: 1 }, administrator)).toMatchObject({
      status: 400,
      body: { problem: { code: 'invalid', message: expect.stringMatching(/polygon: .*cross/) } },
    });
    expect(await server.send('PUT', '/api/v1/fields/F1', { polygon: rectangle(0, 0, 2.5, 50), version: 1 }, administrator)).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    expect(await told).toEqual({ tiles: tilesOf(ground) });
    expect(await server.send('PUT', '/api/v1/fields/F1', { polygon: ground, version: 1 }, administrator)).toMatchObject({ status: 409 });
    expect(await server.get('/api/v1/fields/F1', viewer)).toMatchObject({
      body: { areaMu: expect.closeTo(0.1875, 3), operations: [{ coveredMu: expect.closeTo(0.1875, 2) }] },
    });
    const progress = (await server.get(`/api/v1/progress?division=${TOWN}`, viewer)).body as Progress;
    expect(progress.harvest.measuredMu).toBeCloseTo(0.1875, 3);
  });

  test('pauses the season clock', async () => {
    const heard = new Promise(resolve => device.once('clock:changed', resolve));
    expect(await ask(dispatcher, 'clock:set', { paused: true })).toMatchObject({ ok: true, value: { speed: 0 } });
    expect(await heard).toMatchObject({ speed: 0 });
    expect(await ask(await server.connect(viewer), 'clock:set', { paused: false })).toMatchObject({
      ok: false,
      problem: { code: 'forbidden' },
    });
  });

  test('signs out: the session and its sockets end', async () => {
    const gone = new Promise(resolve => dispatcher.once('disconnect', resolve));
    await server.send('DELETE', '/api/v1/session', undefined, undefined, { Cookie: cookie });
    expect(await gone).toBe('io server disconnect');
    expect(await server.send('GET', '/api/v1/session', undefined, undefined, { Cookie: cookie })).toMatchObject({ status: 401 });
  });
});

describe('a program that is started again on the same database', async () => {
  test('has the same figures, from the checkpoint and from the log beyond it', async () => {
    const first = await testApp({ fields: [field('F1', ground)], machines: [machine('C1')] });
    const device = await first.connect(await first.token({ role: 'device', machine: 'C1' }));
    await ask(device, 'fix:report', { v: 1, outbox: 'outbox-again', rows: cut.slice(0, 40) });
    await first.app.book.fold.checkpoint();
    await ask(device, 'fix:report', { v: 1, outbox: 'outbox-again', rows: cut.slice(40, 80) });
    const second = await testApp({ uri: first.uri });
    await first.app.book.fold.evaluateAll();
    expect(second.app.book.fold.coverageOf('F1', 'harvest')).toEqual(first.app.book.fold.coverageOf('F1', 'harvest'));
    expect(second.app.book.board.unitNow('410100').harvest).toEqual(first.app.book.board.unitNow('410100').harvest);
    await second.close();
  });
});

describe('a checkpoint of another method', async () => {
  test('is thrown away, and the log is folded again to the same figures', async () => {
    const first = await testApp({ fields: [field('F1', ground)], machines: [machine('C1')] });
    const device = await first.connect(await first.token({ role: 'device', machine: 'C1' }));
    await ask(device, 'fix:report', { v: 1, outbox: 'outbox-method', rows: cut });
    await first.app.book.fold.evaluateAll();
    await first.app.book.fold.checkpoint();
    const before = await digestOf(first.app.book.log, first.app.book.fold);
    await first.app.book.derived.checkpoint({
      swaths: [],
      coverage: [],
      withdrawn: [],
      unevaluated: [],
      outboxes: [],
      upTo: 99,
      method: 'an older one',
    });
    const second = await testApp({ uri: first.uri });
    expect(await digestOf(second.app.book.log, second.app.book.fold)).toEqual(before);
    await second.app.book.fold.checkpoint();
    expect((await second.app.book.derived.swathsOf('F1', 'harvest')).length).toBe(1);
    await second.close();
  });
});

describe('a season without fields, and no season at all', async () => {
  test('a season without fields takes fixes, shows machines and counts nothing', async () => {
    const server = await testApp({ fields: [] });
    const device = await server.connect(await server.token({ role: 'device', machine: 'C1' }));
    expect(await ask(device, 'fix:report', { v: 1, outbox: 'outbox-none', rows: cut.slice(0, 20) })).toMatchObject({
      ok: true,
      value: { upTo: 20 },
    });
    const page = await server.connect(await server.token({ role: 'administrator' }));
    const opened = (await ask(page, 'view:open', { division: '410100' })) as { value: RequestOutput<'view:open'> };
    expect(opened.value.machines.map(row => row[0])).toEqual(['C1']);
    expect(opened.value.units[0].harvest).toMatchObject({ measuredMu: 0, progress: 0, machineRate: null });
  });

  test('an empty database says that there is no season yet', async () => {
    const server = await testApp({ empty: true });
    expect(await server.get('/api/v1/welcome')).toMatchObject({ body: { season: null, demo: false, oneClickRoles: [] } });
    const page = await server.connect(await server.token({ role: 'administrator' }));
    expect(await ask(page, 'view:open', { division: '410100' })).toMatchObject({ ok: false, problem: { code: 'notFound' } });
    expect(await server.get('/api/v1/openapi.json', await server.token({ role: 'viewer' }))).toMatchObject({ body: { openapi: '3.1.0' } });
  });
});
