import { describe, expect, test } from 'vitest';
import type { Fix } from '../../shared/fix.ts';
import { packFixes } from '../../shared/packing.ts';
import { at, machine, rectangle } from '../app-for-test.ts';
import { testDatabase } from '../database/test-database.ts';
import { FieldIndex } from '../domain/field-index.ts';
import { connectStores } from '../stores/connection.ts';
import { DerivedStore } from '../stores/derived.ts';
import type { StoredBatch } from '../stores/fix-log.ts';
import { FOLD_METHOD, Fold } from './fold.ts';

const FIELD = { id: 'F1', polygon: rectangle(0, 0, 20, 200), areaM2: 4000 };
const registry = { machines: new Map(['C1', 'C2'].map(id => [id, machine(id)])), index: new FieldIndex([FIELD]) };

/** One pass over the whole length, 2 m from fix to fix; `working` null leaves it to the evidence. */
function pass(firstSeq: number, east: number, { working, north }: { working: 1 | null; north: boolean }): Fix[] {
  return Array.from({ length: 101 }, (_, i) => {
    const [lng, lat] = at(east, north ? i * 2 : 200 - i * 2);
    const time = 1_800_000_000_000 + (firstSeq + i) * 2000;
    return { seq: firstSeq + i, fixTime: time, lng, lat, speedKmh: 3.6, headingDeg: null, accuracyM: 1, widthM: 2.5, working };
  });
}

/** Five passes of each machine, 101 fixes each, cut into batches of 37. */
const log: StoredBatch[] = ['C1', 'C2'].flatMap((id, rank) => {
  const fixes = [0, 1, 2, 3, 4].flatMap(turn =>
    pass(1 + turn * 101, 1.25 + rank * 7.5 + turn * 2.4, { working: rank === 0 ? 1 : null, north: turn % 2 === 0 }),
  );
  return Array.from({ length: Math.ceil(fixes.length / 37) }, (_, i): StoredBatch => {
    const own = fixes.slice(i * 37, (i + 1) * 37);
    const [first, last] = [own[0], own.at(-1)!];
    const place = { machine: id, outbox: `outbox-of-${id}`, firstSeq: first.seq, lastSeq: last.seq };
    return {
      _id: 2 * i + rank + 1,
      ...place,
      firstTime: first.fixTime,
      lastTime: last.fixTime,
      receivedAt: last.fixTime,
      packed: packFixes(own),
    };
  });
});
log.sort((a, b) => a._id - b._id);

type Store = ConstructorParameters<typeof Fold>[0];
const deaf = { moved: () => undefined, late: () => undefined, covered: () => undefined };

async function freshStore(): Promise<DerivedStore> {
  const store = new DerivedStore(await connectStores(testDatabase()));
  await store.prepare();
  return store;
}

/** A program's start: takes up the checkpoint and folds what the log holds beyond it, up to a log number. */
async function foldUpTo(store: Store, number: number): Promise<Fold> {
  const fold = new Fold(store, registry, deaf, Date.now);
  const from = await fold.restore();
  for (const batch of log) if (batch._id > from && batch._id <= number) fold.takeStored(batch);
  return fold;
}

const LAST = log.at(-1)!._id;
const MIDDLE = LAST >> 1;

describe('the fold', async () => {
  const undisturbed = await foldUpTo(await freshStore(), LAST);
  await undisturbed.evaluateAll();
  const expected = [...undisturbed.results];

  test('covers what was driven', () => {
    const [[key, result]] = expected;
    expect(key).toBe('F1|harvest');
    // 2 × 5 passes of 200 m, 2.4 m apart, reach from 0 to 19.6 m of the field's 20: nearly all of its 40 000 dm².
    expect(result.coveredDm2).toBeGreaterThan(38_000);
    expect(result.byMachine.map(([id]) => id)).toEqual(['C1', 'C2']);
  });

  const stages = ['swaths', 'coverage', 'list of what is out of date', 'outboxes', 'all of it'];
  const cuts = stages.flatMap((what, i) => ['worked out', 'out of date'].map(worked => [what, worked, i + 1] as const));
  test.each(cuts)('goes on the same after a checkpoint that was cut off behind its %s, the field %s', async (_what, worked, written) => {
    const store = await freshStore();
    await (await foldUpTo(store, 5)).checkpoint();
    const before = await store.unevaluated();
    const cut: Store = Object.assign(Object.create(store), {
      checkpoint: (part: Parameters<DerivedStore['checkpoint']>[0]) =>
        store.checkpoint({
          swaths: part.swaths,
          coverage: written > 1 ? part.coverage : [],
          withdrawn: part.withdrawn,
          unevaluated: written > 2 ? part.unevaluated : before,
          outboxes: written > 3 ? part.outboxes : [],
          upTo: written > 4 ? part.upTo : 5,
          method: FOLD_METHOD,
        }),
    });
    const middle = await foldUpTo(cut, MIDDLE);
    if (worked === 'worked out') await middle.evaluateAll();
    await middle.checkpoint();
    const again = await foldUpTo(store, LAST);
    await again.checkpoint();
    await again.evaluateAll();
    expect([...again.results]).toEqual(expected);
    const last = await foldUpTo(store, LAST);
    await last.evaluateAll();
    expect([...last.results]).toEqual(expected);
  });

  test('reads the swaths of a field again when the database was out of reach', async () => {
    const store = await freshStore();
    const before = await foldUpTo(store, MIDDLE);
    await before.evaluateAll();
    await before.checkpoint();
    let outOfReach = true;
    const flaky: Store = Object.assign(Object.create(store), {
      swathsOf: (...field: Parameters<DerivedStore['swathsOf']>) =>
        outOfReach ? Promise.reject(new Error('out of reach')) : store.swathsOf(...field),
    });
    const fold = await foldUpTo(flaky, LAST);
    await expect(fold.checkpoint()).rejects.toThrow('out of reach');
    await expect(fold.checkpoint()).rejects.toThrow('out of reach');
    outOfReach = false;
    await fold.checkpoint();
    await fold.evaluateAll();
    expect([...fold.results]).toEqual(expected);
  });

  test('writes with the next checkpoint what one that failed has not', async () => {
    const store = await freshStore();
    let failures = 1;
    const flaky: Store = Object.assign(Object.create(store), {
      checkpoint: (part: Parameters<DerivedStore['checkpoint']>[0]) =>
        failures-- > 0 ? Promise.reject(new Error('out of reach')) : store.checkpoint(part),
    });
    const fold = await foldUpTo(flaky, MIDDLE);
    await expect(fold.checkpoint()).rejects.toThrow('out of reach');
    for (const batch of log) if (batch._id > MIDDLE) fold.takeStored(batch);
    await fold.checkpoint();
    const again = await foldUpTo(store, LAST);
    await again.evaluateAll();
    expect([...again.results]).toEqual(expected);
  });
});
