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
  const transaction = database.transaction(['outboxes', 'fixes', 'givenUp'], 'readwrite');
  const [fixes, givenUps] = [transaction.objectStore('fixes'), transaction.objectStore('givenUp')];
  const [record, givenUp = 0] = await Promise.all([transaction.objectStore('outboxes').get(outbox), givenUps.get(outbox)]);
  const before = record!;
  const acked = Math.max(before.acked, Math.min(ack.upTo, before.lastSeq));
  // Nothing lies before: a range that began at 0 would pass over all that was deleted there.
  const safe = IDBKeyRange.bound([outbox, before.acked], [outbox, acked]);
  const last = await fixes.openCursor(safe, 'prev');
  const after: OutboxRecord = {
    ...before,
    acked,
    ackedFixTime: last?.value.fixTime ?? before.ackedFixTime,
    ackedAt: ack.at,
    refusedCount: before.refusedCount + ack.refused,
  };
  const told = givenUp > 0 ? acked - before.acked - (await fixes.count(safe)) : 0;
  const writes: Promise<unknown>[] = [fixes.delete(safe), transaction.objectStore('outboxes').put(after), transaction.done];
  if (told > 0) writes.push(givenUps.put(givenUp - told, outbox));
  await Promise.all(writes);
  return after;
}

/** The server waits for a seq that it had acked: it has lost what it promised to keep, and all that is left is to name it as thinned. */
export async function rewindTo(database: CabDatabase, outbox: string, expected: number): Promise<OutboxRecord> {
  const transaction = database.transaction(['outboxes', 'givenUp'], 'readwrite');
  const record = (await transaction.objectStore('outboxes').get(outbox))!;
  const after: OutboxRecord = expected > record.acked ? record : { ...record, acked: expected - 1 };
  await Promise.all([transaction.objectStore('outboxes').put(after), transaction.objectStore('givenUp').delete(outbox), transaction.done]);
  return after;
}

/** What was given up: how many fixes, and the times between which they lay. */
export interface Thinned {
  count: number;
  from: number;
  to: number;
}

/** So much at once, so that a fix that comes meanwhile does not wait for long. */
const WINDOW = 5000;
const ENOUGH = 1000;

/**
 * Gives up some of an outbox's oldest fixes, so that one in `everyMs` is left of them, and passes over what was thinned before; null: there
 * is nothing to give up.
 */
export async function thinOldest(database: CabDatabase, outbox: string, everyMs: number): Promise<Thinned | null> {
  const all: Thinned[] = [];
  const count = () => all.reduce((sum, one) => sum + one.count, 0);
  for (let from: number | null = 0; from !== null && count() < ENOUGH; ) {
    const { next, thinned } = await thinWindow(database, outbox, { from, everyMs });
    if (thinned) all.push(thinned);
    from = next;
  }
  return all.length === 0 ? null : { count: count(), from: all[0].from, to: all.at(-1)!.to };
}

/** `next`: the last fix of the window, with which another begins; null: there is none behind. */
async function thinWindow(
  database: CabDatabase,
  outbox: string,
  { from, everyMs }: { from: number; everyMs: number },
): Promise<{ next: number | null; thinned: Thinned | null }> {
  const transaction = database.transaction(['fixes', 'givenUp'], 'readwrite');
  const store = transaction.objectStore('fixes');
  const fixes = await store.getAll(everythingOf(outbox, from), WINDOW);
  const given = toThin(fixes, everyMs);
  const deletions = given.map(seq => store.delete([outbox, seq]));
  if (given.length > 0) deletions.push(transaction.objectStore('givenUp').delete(outbox));
  await Promise.all([...deletions, transaction.done]);
  return { next: fixes.length < WINDOW ? null : fixes[WINDOW - 1].seq, thinned: given.length === 0 ? null : thinnedOf(fixes, given) };
}

/** From the last fix kept before to the first one kept behind: the first and the last are never among those given up. */
function thinnedOf(fixes: readonly Fix[], given: readonly number[]): Thinned {
  const timeAt = (seq: number, step: -1 | 1): number => fixes[fixes.findIndex(fix => fix.seq === seq) + step].fixTime;
  return { count: given.length, from: timeAt(given[0], -1), to: timeAt(given.at(-1)!, 1) };
}

/**
 * An ack on a phone without room for a note of it: the fixes go. Until the note can be written they count as given up, which the server
 * ignores, as it has them.
 */
export async function dropAcked(database: CabDatabase, outbox: string, upTo: number): Promise<void> {
  const transaction = database.transaction(['fixes', 'givenUp'], 'readwrite');
  const safe = IDBKeyRange.bound([outbox, 0], [outbox, upTo]);
  await Promise.all([transaction.objectStore('fixes').delete(safe), transaction.objectStore('givenUp').delete(outbox), transaction.done]);
}

/** What the operator sees of each outbox. It is asked for with every fix, so nothing is counted that is known. */
export async function outboxStates(database: CabDatabase): Promise<OutboxState[]> {
  const transaction = database.transaction(['outboxes', 'givenUp']);
  const records = await transaction.objectStore('outboxes').getAll();
  const known = await Promise.all(records.map(({ id }) => transaction.objectStore('givenUp').get(id)));
  return Promise.all(
    records.map((record, i) => {
      const givenUp = known[i];
      return givenUp === undefined ? countedState(database, record) : stateOf(record, givenUp);
    }),
  );
}

const stateOf = (record: OutboxRecord, thinned: number): OutboxState => ({
  ...record,
  pending: record.lastSeq - record.acked - thinned,
  thinned,
});

/** Counts what is there, once after fixes were given up, and notes what is missing for the next time. */
async function countedState(database: CabDatabase, seen: OutboxRecord): Promise<OutboxState> {
  const transaction = database.transaction(['outboxes', 'fixes', 'givenUp'], 'readwrite');
  const [record, pending] = await Promise.all([
    transaction.objectStore('outboxes').get(seen.id),
    transaction.objectStore('fixes').count(everythingOf(seen.id)),
  ]);
  if (!record) return stateOf(seen, 0);
  const state = stateOf(record, record.lastSeq - record.acked - pending);
  try {
    await Promise.all([transaction.objectStore('givenUp').put(state.thinned, seen.id), transaction.done]);
  } catch (cause) {
    // It is counted again until there is room for the note.
    if (!isFull(cause)) throw cause;
  }
  return state;
}

/** Takes an outbox away that has nothing left to tell: no fix, and no errand that goes under its token. */
export async function forgetIfDrained(database: CabDatabase, outbox: string): Promise<void> {
  const transaction = database.transaction(['outboxes', 'errands', 'givenUp'], 'readwrite');
  const [record, errands] = await Promise.all([
    transaction.objectStore('outboxes').get(outbox),
    transaction.objectStore('errands').getAll(),
  ]);
  const isAwaited = errands.some(errand => errand.outbox === outbox && errand.state === 'waiting');
  if (record && record.acked >= record.lastSeq && !isAwaited) {
    await Promise.all([transaction.objectStore('outboxes').delete(outbox), transaction.objectStore('givenUp').delete(outbox)]);
  }
  await transaction.done;
}

/** The phone has no room for what was to be written. */
export const isFull = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'QuotaExceededError';
