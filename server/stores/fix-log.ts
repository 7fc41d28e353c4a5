import mongoose from 'mongoose';
import type { RefusalReason } from '../../shared/device.ts';
import type { JudgeState } from '../domain/verdict.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';
import { LARGE_WRITE } from './time-limit.ts';

export interface RefusedFix {
  seq: number;
  reasons: RefusalReason[];
  /** Only of a malformed row: as it came. All others are in `packed`. */
  raw?: string;
}

/** One stored batch of one outbox. `firstSeq`..`lastSeq` follow without a hole from batch to batch; what is missing inside is thinned. */
export interface StoredBatch {
  /** Rises from batch to batch over the whole log: the order in which they became durable. */
  _id: number;
  machine: string;
  outbox: string;
  firstSeq: number;
  lastSeq: number;
  /** Smallest and largest fixTime inside; null when there is none. */
  firstTime: number | null;
  lastTime: number | null;
  receivedAt: number;
  /** All well-formed fixes, the refused ones included: shared/packing.ts. */
  packed: Uint8Array;
  refused?: RefusedFix[];
  thinned?: [number, number][];
  /** The judge after this batch, when its last row was not an accepted fix. */
  judge?: JudgeState;
}

const Mixed = mongoose.Schema.Types.Mixed;
const shape = {
  _id: Number,
  machine: String,
  outbox: String,
  firstSeq: Number,
  lastSeq: Number,
  firstTime: Number,
  lastTime: Number,
  receivedAt: Number,
  packed: Buffer,
  refused: Mixed,
  thinned: Mixed,
  judge: Mixed,
} satisfies Record<keyof StoredBatch, object>;

const DUPLICATE_KEY = 11_000;

/** The driver's BSON gives binaries as wrappers; everything above sees plain bytes. */
const bytesOf = (batch: StoredBatch): StoredBatch => {
  const packed = batch.packed as unknown as { buffer: Uint8Array; position?: number } | Uint8Array;
  return { ...batch, packed: packed instanceof Uint8Array ? packed : packed.buffer.subarray(0, packed.position ?? packed.buffer.length) };
};

const COLLECTION = 'fixbatches';

export class FixLog {
  private readonly batches;
  private readonly database;

  constructor(connection: Connection) {
    this.database = connection.db!;
    // The driver's own collection: documents come from the appender alone, and casting each of them again would halve the rate.
    this.batches = modelOn(connection, 'FixBatch', shape, { collection: COLLECTION, versionKey: false })
      .collection as unknown as mongoose.mongo.Collection<StoredBatch>;
  }

  async prepare(): Promise<void> {
    await this.batches.createIndex({ machine: 1, outbox: 1, firstSeq: 1 }, { unique: true });
  }

  /**
   * Makes a group of batches durable, in order; stops at the first that cannot be stored and says whether it was its place that is taken.
   * A plain command, since insertMany measures every document before it writes it; the group must stay below the 16 MB of one message.
   */
  async append(group: readonly StoredBatch[]): Promise<{ takenAt: number | null }> {
    const command = { insert: COLLECTION, documents: group, ordered: true, ...DURABLE };
    const answer = (await this.database.command(command, LARGE_WRITE)) as {
      writeErrors?: { index: number; code: number; errmsg: string }[];
      writeConcernError?: { errmsg: string };
    };
    const error = answer.writeErrors?.[0];
    if (error?.code === DUPLICATE_KEY) return { takenAt: error.index };
    const problem = error ?? answer.writeConcernError;
    if (problem) throw new Error(`fix log: ${problem.errmsg}`);
    return { takenAt: null };
  }

  /** The log numbers of the group that are stored as this very batch: after an append that ended without a clear answer. */
  async storedOf(group: readonly StoredBatch[]): Promise<Set<number>> {
    const stored = await this.batches
      .find(
        { _id: { $in: group.map(batch => batch._id) } },
        { projection: { machine: 1, outbox: 1, firstSeq: 1, lastSeq: 1 }, readConcern: 'majority', ...LARGE_WRITE },
      )
      .toArray();
    const byNumber = new Map(stored.map(batch => [batch._id, batch]));
    const isSame = (batch: StoredBatch) => {
      const found = byNumber.get(batch._id);
      return (
        found?.machine === batch.machine &&
        found.outbox === batch.outbox &&
        found.firstSeq === batch.firstSeq &&
        found.lastSeq === batch.lastSeq
      );
    };
    return new Set(group.filter(isSame).map(batch => batch._id));
  }

  /** The highest log number; 0 in an empty log. */
  async lastNumber(): Promise<number> {
    const last = await this.batches.findOne({}, { sort: { _id: -1 }, projection: { _id: 1 } });
    return last?._id ?? 0;
  }

  /** All batches after a log number, in log order. */
  async *after(number: number): AsyncGenerator<StoredBatch> {
    for await (const batch of this.batches.find({ _id: { $gt: number } }).sort({ _id: 1 })) yield bytesOf(batch);
  }

  /** The batches of one outbox that end after `seq`, in order. */
  async *ofOutbox(machine: string, outbox: string, seq = 0): AsyncGenerator<StoredBatch> {
    const first = await this.batches.findOne(
      { machine, outbox, firstSeq: { $lte: seq + 1 } },
      { sort: { firstSeq: -1 }, projection: { firstSeq: 1 } },
    );
    const cursor = this.batches
      .find({ machine, outbox, firstSeq: { $gte: first?.firstSeq ?? 0 }, lastSeq: { $gt: seq } })
      .sort({ firstSeq: 1 });
    for await (const batch of cursor) yield bytesOf(batch);
  }

  async lastOfOutbox(machine: string, outbox: string): Promise<StoredBatch | null> {
    const last = await this.batches.findOne({ machine, outbox }, { sort: { firstSeq: -1 } });
    return last && bytesOf(last);
  }

  /** The batches of one machine with fixes between two instants, by outbox and order. */
  async *ofMachine(machine: string, from: number, to: number): AsyncGenerator<StoredBatch> {
    const cursor = this.batches
      .find({ machine, firstTime: { $lte: to }, lastTime: { $gte: from } })
      .sort({ machine: 1, outbox: 1, firstSeq: 1 });
    for await (const batch of cursor) yield bytesOf(batch);
  }

  /** Every outbox, with its first fix time. */
  async outboxes(): Promise<{ machine: string; outbox: string }[]> {
    const groups = await this.batches
      .aggregate<{ _id: { machine: string; outbox: string } }>([{ $group: { _id: { machine: '$machine', outbox: '$outbox' } } }])
      .toArray();
    return groups.map(group => group._id);
  }
}
