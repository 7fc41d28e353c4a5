import mongoose from 'mongoose';
import type { Notice } from '../../shared/notice.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** A notice as stored: with whom it was sent to, so that its receipts are of something. */
export interface StoredNotice extends Notice {
  /** The unit and all above it. */
  units: string[];
  sentTo: string[];
  withdrawn: { at: number; by: string } | null;
}
/** That a machine's operator read it, when the phone said so. */
export interface StoredReceipt {
  notice: string;
  machine: string;
  at: number;
  receivedAt: number;
}

const Mixed = mongoose.Schema.Types.Mixed;
const noticeShape = {
  id: String,
  division: String,
  kinds: Mixed,
  machines: Mixed,
  order: String,
  isSevere: Boolean,
  text: String,
  until: Number,
  at: Number,
  author: String,
  units: Mixed,
  sentTo: Mixed,
  withdrawn: Mixed,
} satisfies Record<keyof StoredNotice, object>;
const receiptShape = { notice: String, machine: String, at: Number, receivedAt: Number } satisfies Record<keyof StoredReceipt, object>;

const DUPLICATE_KEY = 11_000;
const plain = { versionKey: false, minimize: false } as const;
const withoutId = { projection: { _id: 0 } } as const;
const changed = { ...withoutId, returnDocument: 'after', ...DURABLE } as const;

export class NoticeStore {
  private readonly notices;
  private readonly receipts;

  constructor(connection: Connection) {
    const notices = modelOn(connection, 'Notice', noticeShape, { ...plain, collection: 'notices' });
    this.notices = notices.collection as unknown as mongoose.mongo.Collection<StoredNotice>;
    const receipts = modelOn(connection, 'NoticeReceipt', receiptShape, { ...plain, collection: 'noticeReceipts' });
    this.receipts = receipts.collection as unknown as mongoose.mongo.Collection<StoredReceipt>;
  }

  async prepare(): Promise<void> {
    await this.notices.createIndex({ id: 1 }, { unique: true });
    await this.notices.createIndex({ units: 1, at: -1 });
    await this.notices.createIndex({ until: 1 });
    await this.receipts.createIndex({ notice: 1, machine: 1 }, { unique: true });
  }

  find = (id: string): Promise<StoredNotice | null> => this.notices.findOne({ id }, withoutId);
  validAt = (at: number): Promise<StoredNotice[]> => this.notices.find({ until: { $gt: at }, withdrawn: null }, withoutId).toArray();

  async page(unit: string, from: number, most: number): Promise<{ total: number; notices: StoredNotice[] }> {
    const [total, notices] = await Promise.all([
      this.notices.countDocuments({ units: unit }),
      this.notices.find({ units: unit }, withoutId).sort({ at: -1, id: 1 }).skip(from).limit(most).toArray(),
    ]);
    return { total, notices };
  }

  receiptsOf = (notices: readonly string[]): Promise<StoredReceipt[]> =>
    this.receipts.find({ notice: { $in: [...notices] } }, withoutId).toArray();

  /** False when the id is taken. */
  add = (notice: StoredNotice): Promise<boolean> => unlessThere(this.notices.insertOne({ ...notice }, DURABLE));
  /** False when it was read before. */
  addReceipt = (receipt: StoredReceipt): Promise<boolean> => unlessThere(this.receipts.insertOne({ ...receipt }, DURABLE));
  /** Another machine gets it; null when it was withdrawn meanwhile. */
  join = (id: string, machine: string): Promise<StoredNotice | null> =>
    this.notices.findOneAndUpdate({ id, withdrawn: null }, { $addToSet: { sentTo: machine } }, changed);
  /** Null when it had been withdrawn. */
  withdraw = (id: string, withdrawn: StoredNotice['withdrawn']): Promise<StoredNotice | null> =>
    this.notices.findOneAndUpdate({ id, withdrawn: null }, { $set: { withdrawn } }, changed);
}

async function unlessThere(insert: Promise<unknown>): Promise<boolean> {
  try {
    await insert;
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
    throw error;
  }
}
