import type { Fix } from '../../shared/fix.ts';
import { type Batch, batchOf } from '../../shared/outbox-batch.ts';
import type { UnnumberedFix } from './fix-filter.ts';
import { type CabDatabase, type OutboxRecord, type OutboxState, STRICT } from './store.ts';
import { holesIn, toThin } from './thin-plan.ts';

const everythingOf = (outbox: string, from = 0) => IDBKeyRange.bound([outbox, from], [outbox, Number.POSITIVE_INFINITY]);

/** Numbers a fix and keeps it, in one transaction: the page may die before or after it, and no number is skipped or given twice. */
export async function addFix(database: CabDatabase, outbox: string, fix: UnnumberedFix): Promise<Fix> {
  const transaction = database.transaction(['outboxes', 'fixes'], 'readwrite', STRICT);
  const record = (await transaction.objectStore('outboxes').get(outbox))!;
  const numbered: Fix = { ...fix, seq: record.lastSeq + 1 };
  await Promise.all([
    transaction.objectStore('fixes').add({ ...numbered, outbox }),
    transaction.objectStore('outboxes').put({ ...record, lastSeq: numbered.seq, newest: numbered }),
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
  const nextSeq = found[most]?.seq;
  return batchOf({ after, lastSeq: record.lastSeq, fixes, nextSeq, thinned: holesIn(after, fixes, nextSeq ?? record.lastSeq + 1) });
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
  const last = await transaction.objectStore('fixes').openCursor(safe, 'prev');
  const after: OutboxRecord = {
    ...record,
    acked,
    ackedFixTime: last?.value.fixTime ?? record.ackedFixTime,
    ackedAt: ack.at,
    refusedCount: record.refusedCount + ack.refused,
  };
  await Promise.all([transaction.objectStore('fixes').delete(safe), transaction.objectStore('outboxes').put(after), transaction.done]);
  return after;
}

/** The server waits for a seq that it had acked: it has lost what it promised to keep, and all that is left is to name it as thinned. */
export async function rewindTo(database: CabDatabase, outbox: string, expected: number): Promise<OutboxRecord> {
  const { store, done } = database.transaction('outboxes', 'readwrite');
  const record = (await store.get(outbox))!;
  const after: OutboxRecord = expected > record.acked ? record : { ...record, acked: expected - 1 };
  await store.put(after);
  await done;
  return after;
}

/** Gives up some of an outbox's oldest fixes, so that one in `everyMs` is left of them; returns how many it gave up. */
export async function thinOldest(database: CabDatabase, outbox: string, everyMs: number, most = 5000): Promise<number> {
  const { store, done } = database.transaction('fixes', 'readwrite');
  const given = toThin(await store.getAll(everythingOf(outbox), most), everyMs);
  await Promise.all([...given.map(seq => store.delete([outbox, seq])), done]);
  return given.length;
}

/**
 * An ack on a phone without room for a note of it: the fixes go. Until the note can be written they count as given up, which the server
 * ignores, as it has them.
 */
export async function dropAcked(database: CabDatabase, outbox: string, upTo: number): Promise<void> {
  await database.delete('fixes', IDBKeyRange.bound([outbox, 0], [outbox, upTo]));
}

export async function outboxStates(database: CabDatabase): Promise<OutboxState[]> {
  const records = await database.getAll('outboxes');
  return Promise.all(
    records.map(async record => {
      const pending = await database.count('fixes', everythingOf(record.id, record.acked + 1));
      return { ...record, pending, thinned: record.lastSeq - record.acked - pending };
    }),
  );
}

/** Takes an outbox away that has nothing left to tell: no fix, and no errand that goes under its token. */
export async function forgetIfDrained(database: CabDatabase, outbox: string): Promise<void> {
  const transaction = database.transaction(['outboxes', 'errands'], 'readwrite');
  const [record, errands] = await Promise.all([
    transaction.objectStore('outboxes').get(outbox),
    transaction.objectStore('errands').getAll(),
  ]);
  const isAwaited = errands.some(errand => errand.outbox === outbox && errand.state === 'waiting');
  if (record && record.acked >= record.lastSeq && !isAwaited) await transaction.objectStore('outboxes').delete(outbox);
  await transaction.done;
}

/** The phone has no room for what was to be written. */
export const isFull = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'QuotaExceededError';
