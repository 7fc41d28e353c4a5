import { expect, test, vi } from 'vitest';
import type { Recomputation } from '../../shared/recomputation.ts';
import { ask, at, COUNTY, field, NOON, rectangle, TOWN, testApp } from '../app-for-test.ts';
import { command } from '../commands/command-for-test.ts';
import { connectStores } from '../stores/connection.ts';
import { DerivedStore } from '../stores/derived.ts';
import { FOLD_METHOD } from './fold.ts';

/** Passes of 200 m side by side with the header down, 2 m and 2 s from fix to fix. */
const rows = Array.from({ length: 4 * 101 }, (_, i) => {
  const [pass, step] = [Math.floor(i / 101), i % 101];
  const [lng, lat] = at(1.25 + pass * 2.5, pass % 2 === 0 ? step * 2 : 200 - step * 2);
  return [i + 1, NOON - 7_200_000 + i * 2000, lng, lat, 3.6, null, 1, null, 1];
});

test('computing again from the raw fixes finds the same cells, names what differs, and changes it when that is adopted', async () => {
  const server = await testApp({ fields: [field('F1', rectangle(0, 0, 10, 200)), field('F2', rectangle(20, 0, 10, 200))] });
  const { book } = server.app;
  const chief = await server.token({ role: 'dispatcher', division: COUNTY });
  const device = await server.connect(await server.token({ role: 'device', machine: 'C1' }));
  await ask(device, 'fix:report', { v: 1, outbox: 'outbox-again', rows });
  await book.fold.evaluateAll();
  const run = async (scope: object): Promise<Recomputation> => {
    const begun = await server.send('POST', '/api/v1/recomputations', scope, chief);
    expect(begun.status).toBe(200);
    await book.recomputer.done();
    const { runs } = (await server.get(`/api/v1/recomputations?division=${COUNTY}`, chief)).body as { runs: Recomputation[] };
    return runs.find(({ id }) => id === (begun.body as Recomputation).id)!;
  };
  // 10 m × 200 m = 2000 m² = 3 mu.
  const same = { compared: 1, differing: 0, moving: 0, failed: null, totals: [{ operation: 'harvest', beforeMu: 3, afterMu: 3 }] };
  expect(await run({ division: COUNTY, season: true })).toMatchObject(same);
  expect(await run({ division: COUNTY, day: '2027-06-06' })).toMatchObject(same);
  expect(await run({ division: COUNTY, day: '2027-06-03' })).toMatchObject({ compared: 0 });

  // Half of what is stored is lost, as by a fault of the disk: what stands is not what the fixes say.
  const stored = book.fold.results.get('F1|harvest')!;
  book.fold.results.set('F1|harvest', { ...stored, coveredDm2: 100_000, byMachine: [['C1', 100_000]] });
  const differs = await run({ field: 'F1' });
  const largest = [{ field: 'F1', operation: 'harvest', beforeMu: 1.5, afterMu: 3 }];
  expect(differs).toMatchObject({ compared: 1, differing: 1, largest, division: TOWN, adopted: null });
  expect(book.fold.coverageOf('F1', 'harvest')?.coveredDm2).toBe(100_000);
  const adopted = await server.send('POST', `/api/v1/recomputations/${differs.id}/adopt`, {}, chief);
  expect(adopted.body).toMatchObject({ adopted: { author: 'test' } });
  await vi.waitFor(() => expect(book.fold.coverageOf('F1', 'harvest')).toEqual(stored));
  expect((await server.send('POST', `/api/v1/recomputations/${differs.id}/adopt`, {}, chief)).status).toBe(409);

  // A program whose method is another one tells beforehand what it changes,
  await server.close();
  const connection = await connectStores(server.uri);
  const derived = new DerivedStore(connection);
  const older = {
    ...{ swaths: [], withdrawn: [], unevaluated: [], outboxes: [], upTo: 99, method: 'an older one' },
    coverage: [{ _id: 'F1|harvest', field: 'F1', operation: 'harvest' as const, result: { ...stored, coveredDm2: 180_000 } }],
  };
  await derived.checkpoint(older);
  const tell = () => command('recompute', ['--json'], { MONGODB_URI: server.uri });
  const beforehand = await tell();
  expect(beforehand.code, beforehand.problems).toBe(3);
  expect(beforehand.result()).toEqual({
    ...{ methods: { before: 'an older one', after: FOLD_METHOD }, compared: 1, differing: 1, moving: 0 },
    totals: [{ operation: 'harvest', beforeMu: 2.7, afterMu: 3 }],
    units: [{ code: COUNTY, name: expect.any(String), operation: 'harvest', beforeMu: 2.7, afterMu: 3 }],
    largest: [{ field: 'F1', operation: 'harvest', beforeMu: 2.7, afterMu: 3 }],
  });
  expect(await derived.method()).toBe('an older one');
  // nothing of a field for which fixes are not folded yet,
  for await (const outbox of derived.allOutboxes())
    await derived.checkpoint({ ...older, coverage: [], outboxes: [{ ...outbox, lastSeq: 0 }] });
  const behind = await tell();
  expect([behind.code, behind.result()]).toEqual([0, expect.objectContaining({ compared: 0, differing: 0, moving: 1 })]);
  await connection.close();

  // and has it written down when it has folded everything anew.
  const next = await testApp({ uri: server.uri });
  const { runs } = (await next.get('/api/v1/recomputations?division=410100', await next.token({ role: 'administrator' }))).body as {
    runs: Recomputation[];
  };
  expect(runs[0]).toMatchObject({
    ...{ cause: 'method', compared: 1, differing: 1, methods: { before: 'an older one' } },
    units: [{ code: COUNTY, operation: 'harvest', beforeMu: 2.7, afterMu: 3 }],
    largest: [{ field: 'F1', operation: 'harvest', beforeMu: 2.7, afterMu: 3 }],
  });
  await next.close();
  const again = await testApp({ uri: server.uri });
  const once = (await again.app.book.recomputer.list('410100')).filter(({ cause }) => cause === 'method');
  expect(once).toHaveLength(1);
});
