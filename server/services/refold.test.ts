import { describe, expect, test } from 'vitest';
import type { Field } from '../../shared/registry.ts';
import { ask, at, field, machine, NOON, rectangle, type TestApp, TOWN, testApp } from '../app-for-test.ts';
import { testDatabase } from '../database/test-database.ts';
import { connectStores } from '../stores/connection.ts';
import { DerivedStore } from '../stores/derived.ts';
import { type Digest, digestOf } from './digest.ts';
import { Fold } from './fold.ts';
import { Pace } from './pace.ts';

type Row = [number, number, number, number, number, null, number, number | null, number];

/** A pass over 200 m, 2 m and 2 s from fix to fix, the header down; 2.5 m wide by the implement. */
const pass = (firstSeq: number, east: number, north: boolean): Row[] =>
  Array.from({ length: 101 }, (_, i) => {
    const seq = firstSeq + i;
    return [seq, NOON - 7_200_000 + seq * 2000, ...at(east, north ? i * 2 : 200 - i * 2), 3.6, null, 1, null, 1];
  });
const passes = (count: number, east: number, firstTurn = 0): Row[] =>
  Array.from({ length: count }, (_, i) => pass(1 + (firstTurn + i) * 101, east + i * 2.5, i % 2 === 0)).flat();

async function report(server: TestApp, id: string, rows: Row[]): Promise<void> {
  const socket = await server.connect(await server.token({ role: 'device', machine: id }));
  for (let i = 0; i < rows.length; i += 250) {
    const answer = await ask(socket, 'fix:report', { v: 1, outbox: `outbox-${id}`, rows: rows.slice(i, i + 250) });
    expect(answer).toMatchObject({ ok: true });
  }
}

/** Of everything in the log, folded in one go with the fields and machines as they are now. */
async function fromScratch({ app: { book } }: TestApp): Promise<Digest> {
  const deaf = { moved: () => undefined, late: () => undefined, covered: () => undefined };
  const fold = new Fold(new DerivedStore(await connectStores(testDatabase())), book.registry, deaf, Date.now);
  for await (const batch of book.log.after(0)) fold.takeStored(batch);
  await fold.evaluateAll();
  return digestOf(book.log, fold);
}

async function now({ app: { book } }: TestApp): Promise<Digest> {
  await book.refolder.run();
  await book.fold.evaluateAll();
  return digestOf(book.log, book.fold);
}

const drawn = (id: string, polygon: Field['polygon']) => ({ id, polygon, town: TOWN, village: '官峪村', crop: 'wheat', ripeDate: null });

describe('when the world changes under the tracks', async () => {
  const server = await testApp({ fields: [field('F1', rectangle(0, 0, 10, 200))] });
  const { book } = server.app;
  const chief = await server.token({ role: 'dispatcher', division: TOWN });
  const covered = (id: string) => book.fold.coverageOf(id, 'harvest')?.coveredDm2 ?? null;
  // From 0 to 10 m in F1, from 10 to 20 m on ground that no field is known for.
  await report(server, 'C1', passes(8, 1.25));
  await book.fold.evaluateAll();

  test('a new field has the coverage of what was driven there before, as the fold from scratch has it', async () => {
    expect(covered('F1')).toBe(200_000);
    expect((await server.send('POST', '/api/v1/fields', drawn('F2', rectangle(10, 0, 10, 200)), chief)).status).toBe(200);
    // 10 m × 200 m = 2000 m² = 200 000 dm², all of it.
    expect(covered('F2')).toBe(200_000);
    expect(await now(server)).toEqual(await fromScratch(server));
  });

  test('a boundary that moves takes the tracks with it, and gives back those that it does not reach any more', async () => {
    const moved = { polygon: rectangle(15, 0, 10, 200), version: 1 };
    expect((await server.send('PUT', '/api/v1/fields/F2', moved, chief)).status).toBe(200);
    // 5 m of its 10 were driven over.
    expect(covered('F2')).toBeGreaterThan(95_000);
    expect(covered('F2')).toBeLessThan(115_000);
    expect(await now(server)).toEqual(await fromScratch(server));
    const away = { polygon: rectangle(500, 0, 10, 200), version: 2 };
    expect((await server.send('PUT', '/api/v1/fields/F2', away, chief)).status).toBe(200);
    expect(covered('F2')).toBeNull();
    expect(await now(server)).toEqual(await fromScratch(server));
  });

  test('reports that come while a track is folded again are neither lost nor counted twice', async () => {
    const more = report(server, 'C1', passes(6, 21.25, 8));
    for (const [i, id] of ['F3', 'F4', 'F5'].entries()) {
      const made = await server.send('POST', '/api/v1/fields', drawn(id, rectangle(10 + i * 10, 0, 10, 200)), chief);
      expect(made.status).toBe(200);
    }
    await more;
    expect((await now(server)).totals.harvestDm2).toBeGreaterThan(600_000);
    expect(await now(server)).toEqual(await fromScratch(server));
  });

  test('a machine whose implement is corrected for the past is folded again with it', async () => {
    const before = (await now(server)).totals.harvestDm2;
    const half = machine('C1', { implements: [{ from: 0, operation: 'harvest', workingWidthM: 0.5 }] });
    await server.app.lists.take({ machines: { added: [], replaced: [half] } }, new Pace());
    const after = await now(server);
    expect(after.totals.harvestDm2).toBeLessThan(before * 0.35);
    expect(after).toEqual(await fromScratch(server));
  });

  test('a field that is cut in two, and joined again, counts what was driven there once and whole', async () => {
    const line = [at(1010, -5), at(1010, 205)];
    const split = (apply: boolean) => server.send('POST', '/api/v1/fields/F20/split', { version: 1, line, apply }, chief);
    await server.send('POST', '/api/v1/fields', drawn('F20', rectangle(1000, 0, 20, 200)), chief);
    await report(server, 'C2', passes(8, 1001.25));
    await book.fold.evaluateAll();
    const before = await now(server);
    expect((await split(false)).body).toMatchObject({ applied: false, fields: [{ id: 'F20-1' }, { id: 'F20-2' }] });
    // 20 m × 200 m = 4000 m² = 400 000 dm², or 6 mu.
    expect(covered('F20')).toBe(400_000);
    const { status, body } = await split(true);
    expect([status, (body as { fields: Field[] }).fields.map(({ areaMu }) => areaMu.toFixed(2))]).toEqual([200, ['3.00', '3.00']]);
    expect(['F20', 'F20-1', 'F20-2'].map(covered)).toEqual([null, 200_000, 200_000]);
    const cut = await now(server);
    expect(cut.totals.harvestDm2).toBe(before.totals.harvestDm2);
    expect(cut).toEqual(await fromScratch(server));
    const gone = { problem: { message: 'field F20 became F20-1 and F20-2 meanwhile: look at the map again' } };
    expect(await split(true)).toMatchObject({ status: 409, body: gone });

    const fields = ['F20-1', 'F20-2'].map(id => ({ id, version: 1 }));
    expect((await server.send('POST', '/api/v1/fields/merge', { fields, apply: true }, chief)).status).toBe(200);
    expect(['F20', 'F20-1', 'F20-2', 'F20-1-1'].map(covered)).toEqual([null, null, null, 400_000]);
    expect(await now(server)).toEqual(await fromScratch(server));
    const { body: history } = await server.get('/api/v1/history/field/F20-1', await server.token({ role: 'administrator' }));
    expect((history as { events: { action: string; after: unknown }[] }).events.map(({ action, after }) => [action, after])).toEqual([
      ['mergeFields', { became: 'F20-1-1' }],
      ['splitField', expect.objectContaining({ areaMu: expect.closeTo(3, 1) })],
    ]);
  });

  test('a field that somebody asked work for is not cut', async () => {
    await server.send('POST', '/api/v1/fields', drawn('F30', rectangle(2000, 0, 20, 200)), chief);
    const who = { source: 'farmer', division: TOWN, village: '', contactName: '王五', contactPhone: '', contract: null };
    const what = { operation: 'harvest', crop: 'wheat', fields: ['F30'], areaMu: null, lngLat: null, from: NOON, to: NOON + 86_400_000 };
    const limits = { trackedOnly: false, leastWidthM: null, mostWidthM: null, pricePerMu: null, note: '' };
    const id = crypto.randomUUID();
    const asked = await server.send('PUT', `/api/v1/requests/${id}`, { ...who, ...what, ...limits, id, version: 0 }, chief);
    expect(asked.status).toBe(200);
    const line = [at(2010, -5), at(2010, 205)];
    expect(await server.send('POST', '/api/v1/fields/F30/split', { version: 1, line, apply: true }, chief)).toMatchObject({
      status: 409,
      body: { problem: { message: 'request: 王五 asked for work there; change the request first' } },
    });
  });

  test('a program that stops before the tracks are folded again does it at the next start', async () => {
    const before = await now(server);
    await book.refolder.stop();
    await server.send('POST', '/api/v1/fields', drawn('F6', rectangle(0, 300, 10, 200)), chief);
    await server.send('PUT', '/api/v1/fields/F1', { polygon: rectangle(0, 0, 5, 200), version: 1 }, chief);
    await server.close();
    const next = await testApp({ uri: server.uri });
    const after = await now(next);
    expect(after.totals.harvestDm2).toBeLessThan(before.totals.harvestDm2 - 10_000);
    expect(after).toEqual(await fromScratch(next));
    expect(await next.app.book.derived.pendingRefold()).toBeNull();
  });
});
