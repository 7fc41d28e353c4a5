import type { Fix } from '../../shared/fix.ts';
import { type Batch, batchOf, type SeqRange, withRange } from '../../shared/outbox-batch.ts';
import type { UnnumberedFix } from './fix-filter.ts';
import { type CabDatabase, type OutboxRecord, STRICT } from './store.ts';
import { toThin } from './thin-plan.ts';

const everythingOf = (outbox: string, from = 0) => IDBKeyRange.bound([outbox, from], [outbox, Number.POSITIVE_INFINITY]);

/** Numbers a fix and keeps it, in one transaction: the page may die before or after it, and no number is skipped or given twice. */
export async function addFix(database: CabDatabase, outbox: string, fix: UnnumberedFix): Promise<Fix> {
  const transaction = database.transaction(['outboxes', 'fixes'], 'readwrite', STRICT);
  const record = (await transaction.objectStore('outboxes').get(outbox))!;
  const numbered: Fix = { ...fix, seq: record.lastSeq + 1 };
  await Promise.all([
    transaction.objectStore('fixes').add({ ...numbered, outbox }),
    transaction.objectStore('outboxes').put({ ...record, lastSeq: numbered.seq, newest: numbered, pending: record.pending + 1 }),
    transaction.done,
  ]);
  return numbered;
}

/** The next batch after `after`; null: there is nothing more. */
export async function nextBatch(database: CabDatabase, outbox: string, after: number, most: number): Promise<Batch | null> {
  const transaction = database.transaction(['outboxes', 'fixes']);
  const [record, found] = await Promise.all([
    transaction.objectStore('outboxes').get(outbox),
    transaction.objectStore('fixes').getAll(everythingOf(outbox, after + 1), most + 1),
  ]);
  if (!record || after >= record.lastSeq) return null;
  const fixes = found.slice(0, most).map(({ outbox: _, ...fix }) => fix);
  return batchOf({ after, lastSeq: record.lastSeq, fixes, nextSeq: found[most]?.seq, thinned: record.thinned });
}

/** Everything up to `upTo` is safe with the server. */
export async function ackFixes(
  database: CabDatabase,
  outbox: string,
  ack: { upTo: number; refused: number; at: number },
): Promise<OutboxRecord> {
  const transaction = database.transaction(['outboxes', 'fixes'], 'readwrite');
  const record = (await transaction.objectStore('outboxes').get(outbox))!;
  const acked = Math.max(record.acked, Math.min(ack.upTo, record.lastSeq));
  const safe = IDBKeyRange.bound([outbox, 0], [outbox, acked]);
  const [count, last] = await Promise.all([
    transaction.objectStore('fixes').count(safe),
    transaction.objectStore('fixes').openCursor(safe, 'prev'),
  ]);
  const after: OutboxRecord = {
    ...record,
    acked,
    ackedFixTime: last?.value.fixTime ?? record.ackedFixTime,
    ackedAt: ack.at,
    pending: record.pending - count,
    thinned: record.thinned.filter(([, to]) => to > acked),
    refusedCount: record.refusedCount + ack.refused,
  };
  await Promise.all([transaction.objectStore('fixes').delete(safe), transaction.objectStore('outboxes').put(after), transaction.done]);
  return after;
}

/** The server waits for a seq that it had acked: it has lost what it promised to keep, and all that is left is to name it as thinned. */
export async function rewindTo(database: CabDatabase, outbox: string, expected: number): Promise<OutboxRecord> {
  const { store, done } = database.transaction('outboxes', 'readwrite');
  const record = (await store.get(outbox))!;
  const after =
    expected > record.acked ? record : { ...record, thinned: withRange(record.thinned, expected, record.acked), acked: expected - 1 };
  await store.put(after);
  await done;
  return after;
}

/** Gives up some of an outbox's oldest fixes, so that one in `everyMs` is left of them; returns how many it gave up. */
export async function thinOldest(database: CabDatabase, outbox: string, everyMs: number, most = 5000): Promise<number> {
  const transaction = database.transaction(['outboxes', 'fixes'], 'readwrite');
  const record = (await transaction.objectStore('outboxes').get(outbox))!;
  const given = toThin(await transaction.objectStore('fixes').getAll(everythingOf(outbox), most), everyMs);
  await Promise.all(given.map(seq => transaction.objectStore('fixes').delete([outbox, seq])));
  const thinned = runsOf(given).reduce((ranges, [from, to]) => withRange(ranges, from, to), record.thinned);
  await transaction.objectStore('outboxes').put({
    ...record,
    thinned,
    pending: record.pending - given.length,
    thinnedCount: record.thinnedCount + given.length,
  });
  await transaction.done;
  return given.length;
}

/** Seqs in ascending order as ranges. */
function runsOf(seqs: readonly number[]): SeqRange[] {
  const runs: SeqRange[] = [];
  for (const seq of seqs) {
    const last = runs.at(-1);
    if (last && seq === last[1] + 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs;
}

/** Takes an outbox away that has nothing left to tell. */
export async function forgetIfDrained(database: CabDatabase, outbox: string): Promise<void> {
  const { store, done } = database.transaction('outboxes', 'readwrite');
  const record = await store.get(outbox);
  if (record && record.acked >= record.lastSeq) await store.delete(outbox);
  await done;
}
