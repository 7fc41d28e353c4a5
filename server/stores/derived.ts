import mongoose from 'mongoose';
import type { Operation } from '../../shared/season.ts';
import type { CoverageResult } from '../domain/coverage.ts';
import type { OutboxFoldState } from '../domain/outbox-fold.ts';
import type { ReceiverCounts } from '../domain/receiver-watch.ts';
import type { Connection } from './connection.ts';
import { DURABLE, inTransaction, modelOn } from './connection.ts';
import { LARGE_WRITE } from './time-limit.ts';

/**
 * What is folded from the fix log. A checkpoint writes, in this order: swaths, field results, the names of those that are out of date,
 * outbox states, the mark. Killed in between,
 * the next start folds the log again from the old mark, skips what an outbox state already contains, and meets swaths that are stored
 * already: they are a set, so meeting them twice changes nothing. An outbox that is folded again takes its old place in one transaction.
 */

/** Swaths of one field and operation by one outbox: a chain of packed points; `starts` are the indices of points that begin a new chain. */
export interface StoredSwaths {
  field: string;
  operation: Operation;
  machine: string;
  outbox: string;
  outboxSince: number;
  packed: Uint8Array;
  starts: number[];
  estimated: number[];
}

export interface StoredCoverage {
  _id: string;
  field: string;
  operation: Operation;
  result: CoverageResult;
}

export interface StoredOutbox {
  _id: string;
  machine: string;
  outbox: string;
  /** Up to here the outbox is folded. */
  lastSeq: number;
  fold: OutboxFoldState | null;
  counts: { fixes: number; refused: Record<string, number>; thinned: number };
  firstFixTime: number | null;
  lastFixTime: number | null;
  clockOffMs: number | null;
  /** The squares of ground that it has been in: domain/ground-cells.ts. */
  ground: number[];
  receiver?: ReceiverCounts;
}

/** Ground whose fields change, and machines whose implements change from an instant on: what passed there is to be folded again. */
export interface PendingRefold {
  boxes: readonly [west: number, south: number, east: number, north: number][];
  machines: readonly { id: string; from: number }[];
}

interface Mark {
  _id: 'fold';
  /** Every batch up to this log number is folded and stored. */
  upTo: number;
  /** By which method: what another one folded is of no use. */
  method: string;
}

/** Results that know less than the stored swaths. */
interface Unevaluated {
  _id: 'unevaluated';
  keys: string[];
}

const Mixed = mongoose.Schema.Types.Mixed;
const swathShape = {
  field: String,
  operation: String,
  machine: String,
  outbox: String,
  outboxSince: Number,
  packed: Buffer,
  starts: [Number],
  estimated: [Number],
} satisfies Record<keyof StoredSwaths, object>;
const coverageShape = { _id: String, field: String, operation: String, result: Mixed } satisfies Record<keyof StoredCoverage, object>;
const outboxShape = {
  _id: String,
  machine: String,
  outbox: String,
  lastSeq: Number,
  fold: Mixed,
  counts: Mixed,
  firstFixTime: Number,
  lastFixTime: Number,
  clockOffMs: Number,
  ground: [Number],
  receiver: Mixed,
} satisfies Record<keyof StoredOutbox, object>;

const bare = { versionKey: false, minimize: false } as const;
const collectionOf = <T extends mongoose.mongo.Document>(connection: Connection, name: string, shape: object, options: object) =>
  modelOn(connection, name, shape, { ...bare, ...options }).collection as unknown as mongoose.mongo.Collection<T>;

const REPLACED = 'replacedcoverage';

export class DerivedStore {
  private readonly swaths;
  private readonly coverage;
  private readonly outboxes;
  private readonly marks;
  private readonly notes;
  private readonly pending;
  private readonly replaced;

  constructor(private readonly connection: Connection) {
    this.swaths = collectionOf<StoredSwaths>(connection, 'Swath', swathShape, { collection: 'swaths' });
    this.coverage = collectionOf<StoredCoverage>(connection, 'Coverage', coverageShape, { collection: 'coverage' });
    this.outboxes = collectionOf<StoredOutbox>(connection, 'Outbox', outboxShape, { collection: 'outboxes' });
    this.marks = connection.collection<Mark>('marks');
    this.notes = connection.collection<Unevaluated>('marks');
    this.pending = connection.collection<PendingRefold & { _id: 'refold' }>('marks');
    this.replaced = connection.collection<{ _id: 'replaced'; method: string }>('marks');
  }

  async prepare(): Promise<void> {
    await this.swaths.createIndex({ field: 1, operation: 1 });
    await this.swaths.createIndex({ machine: 1, outbox: 1 });
    await this.outboxes.createIndex({ machine: 1 });
  }

  /** Null: nothing is folded yet by this method. */
  async foldedUpTo(method: string): Promise<number | null> {
    const mark = await this.marks.findOne({ _id: 'fold' });
    return mark?.method === method ? mark.upTo : null;
  }

  /** By which what is stored was folded; null when nothing is. */
  async method(): Promise<string | null> {
    return (await this.marks.findOne({ _id: 'fold' }))?.method ?? null;
  }

  /**
   * Throws away what is folded, before the log is folded anew. What another method found is kept aside until it has been compared; what is
   * aside already is older, and stays.
   */
  async clear(): Promise<void> {
    const mark = await this.marks.findOne({ _id: 'fold' });
    if (mark && !(await this.replaced.findOne({ _id: 'replaced' }))) {
      await this.coverage.aggregate([{ $match: {} }, { $out: REPLACED }]).toArray();
      await this.replaced.insertOne({ _id: 'replaced', method: mark.method }, DURABLE);
    }
    await this.marks.deleteOne({ _id: 'fold' }, DURABLE);
    await this.notes.deleteOne({ _id: 'unevaluated' }, DURABLE);
    await this.outboxes.deleteMany({}, DURABLE);
    await this.coverage.deleteMany({}, DURABLE);
    await this.swaths.deleteMany({}, DURABLE);
  }

  async checkpoint(part: {
    swaths: Iterable<StoredSwaths>;
    coverage: StoredCoverage[];
    /** Results that are no more. */
    withdrawn: string[];
    /** Of which the swaths hold more than the result. */
    unevaluated: string[];
    outboxes: StoredOutbox[];
    upTo: number;
    method: string;
    /** Waited for after each of the many writes. */
    rest?: Rest;
  }): Promise<void> {
    await inChunks(part.swaths, some => this.swaths.insertMany(some, { ordered: false, ...DURABLE, ...LARGE_WRITE }), part.rest);
    await inChunks(part.coverage, some => replaceAll(this.coverage, some), part.rest);
    if (part.withdrawn.length > 0) await this.coverage.deleteMany({ _id: { $in: part.withdrawn } }, { ...DURABLE, ...LARGE_WRITE });
    await this.notes.replaceOne({ _id: 'unevaluated' }, { keys: part.unevaluated }, { upsert: true, ...DURABLE, ...LARGE_WRITE });
    await inChunks(part.outboxes, some => replaceAll(this.outboxes, some), part.rest);
    await this.marks.updateOne({ _id: 'fold' }, { $set: { upTo: part.upTo, method: part.method } }, { upsert: true, ...DURABLE });
  }

  /** Fields and operations of which an outbox has stored swaths. */
  async placesOf(machine: string, outbox: string): Promise<{ field: string; operation: Operation }[]> {
    const found = await this.swaths
      .aggregate<{ _id: { field: string; operation: Operation } }>([
        { $match: { machine, outbox } },
        { $group: { _id: { field: '$field', operation: '$operation' } } },
      ])
      .toArray();
    return found.map(({ _id }) => _id);
  }

  /** Puts an outbox that was folded again in its own place, all of it or nothing; what it touches is out of date from then on. */
  async replaceOutbox(state: StoredOutbox, swaths: readonly StoredSwaths[], unevaluated: readonly string[]): Promise<void> {
    const { machine, outbox } = state;
    await inTransaction(this.connection, async session => {
      await this.swaths.deleteMany({ machine, outbox }, { session });
      await inChunks(swaths, some =>
        this.swaths.insertMany(
          some.map(one => ({ ...one })),
          { ordered: false, session },
        ),
      );
      await this.notes.updateOne({ _id: 'unevaluated' }, { $addToSet: { keys: { $each: [...unevaluated] } } }, { upsert: true, session });
      await this.outboxes.replaceOne({ _id: state._id } as never, state, { upsert: true, session });
    });
  }

  /** What the method before this one had found, and its name; null when there is nothing to compare. */
  async replacedCoverage(): Promise<{ method: string; coverage: () => AsyncIterable<StoredCoverage> } | null> {
    const found = await this.replaced.findOne({ _id: 'replaced' });
    return found && { method: found.method, coverage: () => this.connection.collection<StoredCoverage>(REPLACED).find({}) };
  }

  async forgetReplaced(): Promise<void> {
    await this.replaced.deleteOne({ _id: 'replaced' }, DURABLE);
    await this.connection.collection(REPLACED).deleteMany({}, DURABLE);
  }

  async pendingRefold(): Promise<PendingRefold | null> {
    const found = await this.pending.findOne({ _id: 'refold' });
    return found && { boxes: found.boxes, machines: found.machines };
  }

  async putPendingRefold(pending: PendingRefold | null): Promise<void> {
    if (pending === null) await this.pending.deleteOne({ _id: 'refold' }, DURABLE);
    else await this.pending.replaceOne({ _id: 'refold' }, pending, { upsert: true, ...DURABLE, ...LARGE_WRITE });
  }

  async unevaluated(): Promise<string[]> {
    return (await this.notes.findOne({ _id: 'unevaluated' }))?.keys ?? [];
  }

  async swathsOf(field: string, operation: Operation): Promise<StoredSwaths[]> {
    const found = await this.swaths.find({ field, operation }).toArray();
    return found.map(one => ({ ...one, packed: bytesOf(one.packed) }));
  }

  allCoverage(): AsyncIterable<StoredCoverage> {
    return this.coverage.find({});
  }

  allOutboxes(): AsyncIterable<StoredOutbox> {
    return this.outboxes.find({});
  }
}

const bytesOf = (packed: unknown): Uint8Array => (packed instanceof Uint8Array ? packed : (packed as { buffer: Uint8Array }).buffer);

async function replaceAll<T extends { _id: string }>(collection: mongoose.mongo.Collection<T>, documents: readonly T[]): Promise<void> {
  const writes = documents.map(document => ({ replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true } }));
  await collection.bulkWrite(writes as unknown as mongoose.mongo.AnyBulkWriteOperation<T>[], {
    ordered: false,
    ...DURABLE,
    ...LARGE_WRITE,
  });
}

type Rest = () => Promise<void>;
/** Writing so many is a matter of milliseconds: reports are answered in between. */
const CHUNK = 200;

async function inChunks<T>(all: Iterable<T>, write: (some: T[]) => Promise<unknown>, rest?: Rest): Promise<void> {
  let some: T[] = [];
  const flush = async () => {
    await write(some);
    some = [];
    await rest?.();
  };
  for (const one of all) {
    some.push(one);
    if (some.length === CHUNK) await flush();
  }
  if (some.length > 0) await flush();
}
