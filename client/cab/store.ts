import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { ClockLine } from '../../shared/clock.ts';
import type { Fix } from '../../shared/fix.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { GapShown } from './gaps.ts';
import type { Inbox } from './inbox.ts';
import type { OwnRecord } from './record.ts';

/**
 * One run of numbers of one machine on this phone. Another machine or operator gets one of its own; this one stays until it is drained.
 * Invariant: every seq in (acked, lastSeq] is among the fixes or was given up. So what was given up is written nowhere, and giving up
 * needs no room, on a phone that has none.
 */
export interface OutboxRecord {
  /** Random: names this run of numbers for ever. */
  id: string;
  machine: string;
  plate: string;
  token: string;
  createdAt: number;
  lastSeq: number;
  /** Everything up to here is durable on the server. */
  acked: number;
  /** fixTime of the newest acked fix, and when (this phone's clock) it was acked. */
  ackedFixTime: number | null;
  ackedAt: number | null;
  refusedCount: number;
  /** The last one kept, acked or not: by it the next position is judged. */
  newest: Fix | null;
  /** The server does not take its token any more. */
  isDenied: boolean;
}

/** With what follows from its fixes. */
export interface OutboxState extends OutboxRecord {
  /** Kept and not acked. */
  pending: number;
  /** Given up, and the server not told yet. */
  thinned: number;
}

export type ErrandRoute =
  | 'switchDuty'
  | 'callRepair'
  | 'addPhoto'
  | 'reportGap'
  | 'cabConsent'
  | 'answerOrder'
  | 'readNotice'
  | 'requestFuel'
  | 'object'
  | 'claimFinished'
  | 'tickMaintenance';

/** A switch, a breakdown, a consent, an answer to an order, a notice read, fuel asked for, an objection, a field done, care that was done: kept until the server has answered. */
export interface Errand {
  id: string;
  outbox: string;
  route: ErrandRoute;
  /** What the route's path names. */
  params?: Record<string, string>;
  /** Of a photo its bytes as a Blob, which is not read with the others. */
  body: unknown;
  /** Order in which they are sent: each is later than all before it, even where the season's clock was put back. */
  at: number;
  state: 'waiting' | 'received' | 'refused';
  /** The server's sentence, when it refused. */
  problem?: string;
  /** What it is about, in words, for when the server knows nothing of it any more. */
  about?: string;
}

/** What the phone remembers beside the fixes. */
export interface Facts {
  /** The outbox that takes new fixes. */
  current: string | null;
  duty: { on: boolean; since: number };
  /** The header switch; null: left to the server to tell from the track. */
  working: 0 | 1 | null;
  /** What the server said last, for a page that opens without a network. */
  cab: RouteOutput<'cab'> | null;
  clock: ClockLine | null;
  /** Orders and notices as the server said last. */
  inbox: Inbox | null;
  /** What this machine did, as the server said last. */
  record: OwnRecord | null;
  /** What was called out by sound, or is not to be: an order or a notice is never called out as new twice. */
  told: string[];
  /** What the operator has put away. */
  putAway: string[];
}
/** A phone whose page was older has no such fact yet: it begins with the one here. */
export const noFacts: Facts = {
  current: null,
  duty: { on: false, since: 0 },
  working: null,
  cab: null,
  clock: null,
  inbox: null,
  record: null,
  told: [],
  putAway: [],
};

interface Schema extends DBSchema {
  outboxes: { key: string; value: OutboxRecord };
  /** By outbox, how many of its unacked fixes were given up. Giving up takes the number away, which needs no room: then it is counted anew. */
  givenUp: { key: string; value: number };
  fixes: { key: [string, number]; value: Fix & { outbox: string } };
  errands: { key: string; value: Errand };
  gaps: { key: number; value: GapShown };
  facts: { key: 'facts'; value: Facts };
}

export type CabDatabase = IDBPDatabase<Schema>;

/**
 * Without `strict` the browser acks a write that only the system's cache holds: after an empty battery the numbers would go on from an
 * older fix, and the server would take the new ones for ones that it knows.
 */
export const STRICT = { durability: 'strict' } as const;

export const openCab = (): Promise<CabDatabase> =>
  openDB<Schema>('cab', 2, {
    upgrade(database, before) {
      if (before < 1) {
        database.createObjectStore('outboxes', { keyPath: 'id' });
        database.createObjectStore('fixes', { keyPath: ['outbox', 'seq'] });
        database.createObjectStore('errands', { keyPath: 'id' });
        database.createObjectStore('gaps', { autoIncrement: true });
        database.createObjectStore('facts');
      }
      database.createObjectStore('givenUp');
    },
    // A newer page in another tab must not wait for this one for ever.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });

export const factsOf = async (database: CabDatabase): Promise<Facts> => ({ ...noFacts, ...(await database.get('facts', 'facts')) });

/** What the operator did, and the errand that tells the server of it: both or none. */
export async function recordAct(database: CabDatabase, change: Partial<Facts>, errand: Omit<Errand, 'state'>): Promise<void> {
  const transaction = database.transaction(['facts', 'errands'], 'readwrite', STRICT);
  const facts = { ...noFacts, ...(await transaction.objectStore('facts').get('facts')), ...change };
  const before = await transaction.objectStore('errands').getAll();
  const at = Math.max(errand.at, ...before.map(one => one.at + 1));
  await Promise.all([
    transaction.objectStore('facts').put(facts, 'facts'),
    transaction.objectStore('errands').put({ ...errand, at, state: 'waiting' }),
    transaction.done,
  ]);
}

export async function changeFacts(database: CabDatabase, change: Partial<Facts> | ((facts: Facts) => Partial<Facts>)): Promise<Facts> {
  const { store, done } = database.transaction('facts', 'readwrite');
  const before = { ...noFacts, ...(await store.get('facts')) };
  const facts = { ...before, ...(typeof change === 'function' ? change(before) : change) };
  await store.put(facts, 'facts');
  await done;
  return facts;
}

/** Errands that are done with, and what the phone knows after them: both or none. */
export async function settleErrands(
  database: CabDatabase,
  ids: readonly string[],
  change: (facts: Facts) => Partial<Facts> = () => ({}),
): Promise<void> {
  const transaction = database.transaction(['facts', 'errands'], 'readwrite');
  const facts = { ...noFacts, ...(await transaction.objectStore('facts').get('facts')) };
  await Promise.all([
    transaction.objectStore('facts').put({ ...facts, ...change(facts) }, 'facts'),
    ...ids.map(id => transaction.objectStore('errands').delete(id)),
    transaction.done,
  ]);
}
