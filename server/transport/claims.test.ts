import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ObjectionShown, RecordRow } from '../../shared/claim.ts';
import type { FuelShown } from '../../shared/fuel.ts';
import { ask, at, COUNTY, field, machine, NOON, rectangle, station, type TestApp, TOWN, testApp } from '../app-for-test.ts';
import { drawMissed } from '../services/tank-draw.ts';
import { connectStores } from '../stores/connection.ts';
import { FuelStore } from '../stores/fuel.ts';

// 20 m × 100 m: 3 mu.
const server = await testApp({
  fields: [field('F1', rectangle(0, 0, 20, 100))],
  machines: [machine('C1'), machine('C2')],
  stations: [station('S1', 100, 0), station('S2', 9000, 0)],
});
const dispatcher = await server.token({ role: 'dispatcher', division: COUNTY, name: '调度员' });
const cab = await server.token({ role: 'device', machine: 'C1', name: 'C1' });
const desk = await server.token({ role: 'station', station: 'S1', name: '站员' });

test('fuel asked for in the cab goes to the nearest station, once, and comes back delivered', async () => {
  const request = { id: randomUUID(), litres: 150, note: '', lngLat: at(0, 0), requestedAt: NOON - 60_000 };
  const asked = await server.send('post', '/api/v1/fuel/request', request, cab);
  const again = await server.send('post', '/api/v1/fuel/request', request, cab);
  expect([asked.status, asked.body, again.body]).toEqual([200, expect.objectContaining({ state: 'requested', station: 'S1' }), asked.body]);
  const second = await server.send('post', '/api/v1/fuel/request', { ...request, id: randomUUID() }, cab);
  expect([second.status, second.body]).toMatchObject([409, { problem: { message: 'open: 150 litres are asked for already' } }]);

  const path = `/api/v1/fuel/${request.id}`;
  const edit = (version: number, changes: object) => server.send('put', path, { version, changes }, desk);
  const taken = await edit(1, { takenAt: NOON - 30_000, carrier: '油车 1' });
  expect(taken.body).toMatchObject({ state: 'taken', version: 2 });
  expect((await edit(1, { takenAt: NOON - 30_000, carrier: '油车 1' })).body).toMatchObject({ version: 2 });
  expect((await edit(1, { carrier: '油车 2' })).status).toBe(409);
  expect((await edit(2, { deliveredAt: NOON })).status).toBe(400);
  await edit(2, { deliveredAt: NOON, deliveredLitres: 148.5, pricePerLitre: 7.2 });
  const open = await server.get('/api/v1/fuel?state=open', desk);
  const closed = await server.get('/api/v1/fuel?state=closed', desk);
  const rows = (answer: { body: unknown }) => (answer.body as { bookings: FuelShown[] }).bookings.map(({ id, state }) => [id, state]);
  expect([rows(open), rows(closed)]).toEqual([[], [[request.id, 'delivered']]]);
});

test('fuel whose booking was saved and whose server was killed before the tank followed leaves it at the next start, once', async () => {
  const { book } = server.app;
  const receive = { id: randomUUID(), station: 'S2', part: 'diesel', kind: 'receive', quantity: 500, at: NOON - 60_000 };
  const other = await server.token({ role: 'station', station: 'S2', name: '站员' });
  expect((await server.send('post', '/api/v1/stock/movements', receive, other)).status).toBe(200);
  const connection = await connectStores(server.uri);
  const store = new FuelStore(connection);
  const [known] = (await store.closed({ machine: 'C1' }, 0, 1)).bookings;
  const saved = { ...known, station: 'S2', deliveredAt: NOON, deliveredLitres: 120 };
  await store.add({ ...saved, id: randomUUID() });
  // Before the tank was kept: no part of it.
  await store.add({ ...saved, id: randomUUID(), deliveredAt: NOON - 120_000 });
  expect([await drawMissed(book.stock, store), book.stock.fuelAt('S2')]).toEqual([1, 380]);
  expect([await drawMissed(book.stock, store), book.stock.fuelAt('S2')]).toEqual([0, 380]);
  await connection.close();
});

/** Five passes of 2.5 m along 100 m, 1.8 m between them: a good half of the field, at 1 m/s from 10:00 on. */
async function work(on: TestApp): Promise<void> {
  const rows = [0, 1, 2, 3, 4].flatMap(pass =>
    Array.from({ length: 51 }, (_, i) => {
      const seq = pass * 51 + i + 1;
      const [lng, lat] = at(1.65 + 4.3 * pass, pass % 2 === 0 ? 2 * i : 100 - 2 * i);
      return [seq, NOON - 7_200_000 + seq * 2000, lng, lat, 3.6, null, 1, 2.5, 1];
    }),
  );
  const socket = await on.connect(cab);
  expect(await ask(socket, 'fix:report', { v: 1, outbox: 'half-a-field', rows })).toMatchObject({ ok: true, value: { upTo: 255 } });
  socket.disconnect();
  await on.app.book.fold.evaluateAll();
}

const measuredMu = async (on: TestApp): Promise<number> =>
  ((await on.get(`/api/v1/progress?division=${COUNTY}`, dispatcher)).body as { harvest: { measuredMu: number } }).harvest.measuredMu;
const coverageSha256 = async (on: TestApp): Promise<string> => {
  const reader = await on.token({ role: 'administrator', name: '管理员' });
  return ((await on.get('/api/v1/digest', reader)).body as { coverageSha256: string }).coverageSha256;
};
const drawer = async (on: TestApp) =>
  ((await on.get('/api/v1/fields/F1', dispatcher)).body as { operations: { coveredMu: number; finishedAt: number | null }[] })
    .operations[0];

test('a person says that a field is finished, and it counts whole, over a restart, while the digest stays that of the fixes', async () => {
  await work(server);
  const sha = await coverageSha256(server);
  const half = await drawer(server);
  expect([half.coveredMu, half.finishedAt, await measuredMu(server)]).toEqual([expect.closeTo(1.86, 1), null, expect.closeTo(1.86, 1)]);
  // The operator's own word is not enough here: his swaths add up to 62 % of the field. A dispatcher sees it.
  const claim = { id: randomUUID(), operation: 'harvest', at: NOON - 60_000 };
  for (const _twice of [1, 2]) expect((await server.send('post', '/api/v1/cab/fields/F1/finished', claim, cab)).status).toBe(200);
  const waiting = (await server.get(`/api/v1/claims?division=${COUNTY}`, dispatcher)).body as { finished: object[] };
  expect(waiting.finished).toEqual([
    expect.objectContaining({ id: claim.id, field: 'F1', machine: 'C1', by: '机手 C1', fieldMu: expect.closeTo(3, 2) }),
  ]);

  const word = { id: randomUUID(), operation: 'harvest', word: 'finished', reason: '现场看过' };
  expect((await server.send('post', '/api/v1/fields/F1/finished', word, dispatcher)).status).toBe(200);
  const whole = await drawer(server);
  expect(whole).toMatchObject({
    coveredMu: expect.closeTo(2.95, 1),
    finishedAt: NOON - 7_200_000 + 255 * 2000,
    said: { office: { word: 'finished', by: '调度员', reason: '现场看过' }, claim: null },
    byRule: { coveredMu: half.coveredMu, finishedAt: null },
  });
  expect([await measuredMu(server), await coverageSha256(server)]).toEqual([expect.closeTo(3, 2), sha]);

  await server.app.book.fold.checkpoint();
  const restarted = await testApp({ uri: server.uri });
  expect([await drawer(restarted), await coverageSha256(restarted)]).toEqual([whole, sha]);
  await restarted.close();

  const open = { ...word, id: randomUUID(), word: 'open', reason: '北边还有一条' };
  expect((await server.send('post', '/api/v1/fields/F1/finished', open, dispatcher)).status).toBe(200);
  expect([(await drawer(server)).finishedAt, await measuredMu(server)]).toEqual([null, expect.closeTo(1.86, 1)]);
});

test('an operator objects to a row of his record, a dispatcher settles it, and the agreed mu stand beside the measured', async () => {
  const request = randomUUID();
  const work = {
    id: request,
    source: 'farmer',
    operation: 'harvest',
    division: TOWN,
    village: '官峪村',
    contactName: '',
    contactPhone: '',
  };
  const ground = { fields: ['F1'], areaMu: null, lngLat: null, crop: '', trackedOnly: false, leastWidthM: null, mostWidthM: null };
  const terms = { from: NOON - 90_000_000, to: NOON + 90_000_000, pricePerMu: 60, note: '', contract: null };
  expect((await server.send('put', `/api/v1/requests/${request}`, { ...work, ...ground, ...terms }, dispatcher)).status).toBe(200);
  const order = { id: randomUUID(), kind: 'work', request, machine: 'C1', division: null, operation: 'harvest', areaMu: null, note: '' };
  const offers = [{ ...order, machineVersion: 0 }];
  expect((await server.send('post', '/api/v1/orders', { offers }, dispatcher)).status).toBe(200);
  await server.send('post', '/api/v1/orders/answer', { id: randomUUID(), order: order.id, act: 'accept', at: NOON }, cab);

  const record = async () => ((await server.get('/api/v1/cab/record', cab)).body as { rows: RecordRow[] }).rows;
  const [row, ...others] = await record();
  expect(others).toEqual([]);
  // Five passes of 50 steps of 2 s, and four turns between them.
  expect(row).toMatchObject({
    day: '2027-06-06',
    field: 'F1',
    mu: expect.closeTo(1.86, 1),
    pricePerMu: 60,
    agreedMu: null,
    objection: null,
  });
  expect(row.hours).toBeCloseTo(0.14, 2);
  expect(row.bandMu[0] < row.mu && row.mu < row.bandMu[1]).toBe(true);

  const about = { field: 'F1', operation: 'harvest', day: row.day };
  const objection = { ...about, id: randomUUID(), reason: 'less', claimedMu: 2.6, note: '两头没算', at: NOON };
  const objected = await server.send('post', '/api/v1/cab/objections', objection, cab);
  const again = await server.send('post', '/api/v1/cab/objections', objection, cab);
  expect([objected.status, again.body]).toEqual([200, objected.body]);
  expect((await server.send('post', '/api/v1/cab/objections', { ...objection, id: randomUUID() }, cab)).status).toBe(409);

  const settle = (body: object) => server.send('post', `/api/v1/objections/${objection.id}/settle`, body, dispatcher);
  expect((await settle({ version: 1, verdict: 'upheld', agreedMu: null, reason: '复核' })).status).toBe(400);
  await settle({ version: 1, verdict: 'measureAgain', agreedMu: null, reason: '明天去量' });
  const upheld = { version: 2, verdict: 'upheld', agreedMu: 2.5, reason: '皮尺量过' };
  expect((await settle(upheld)).status).toBe(200);
  expect((await settle({ ...upheld, agreedMu: 2.4 })).status).toBe(409);
  const list = (await server.get(`/api/v1/claims?division=${COUNTY}&state=all`, dispatcher)).body as { objections: ObjectionShown[] };
  expect(list.objections.map(({ state, decisions, measuredNowMu }) => [state, decisions.map(one => one.verdict), measuredNowMu])).toEqual([
    ['upheld', ['measureAgain', 'upheld'], row.mu],
  ]);
  const [after] = await record();
  expect([after.mu, after.agreedMu, after.objection?.decision?.reason]).toEqual([row.mu, 2.5, '皮尺量过']);
  const inbox = (await server.get('/api/v1/cab/inbox', cab)).body as { notices: { text: string }[] };
  expect(inbox.notices.map(({ text }) => text)).toContain(
    '异议答复：官峪村 06-06 收获：同意，按 2.5 亩结算（实测 1.9 亩）。理由：皮尺量过',
  );
  // The order was given after the work, so that it measured nothing itself: what was agreed is what is to be settled.
  await server.send('post', '/api/v1/orders/answer', { id: randomUUID(), order: order.id, act: 'finish', at: NOON }, cab);
  const done = (await server.get(`/api/v1/orders/${order.id}`, dispatcher)).body;
  expect(done).toMatchObject({ state: 'done', doneMu: null, objected: { waiting: 0, agreedMu: 2.5 } });
});
