import mongoose from 'mongoose';
import type { Decision, FinishWordSaid, Objection } from '../../shared/claim.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** Of one season: fields and figures of another year are others. */
export interface StoredWord extends FinishWordSaid {
  year: number;
  receivedAt: number;
}
export interface StoredObjection extends Objection {
  year: number;
  receivedAt: number;
}

const Mixed = mongoose.Schema.Types.Mixed;
const wordShape = {
  id: String,
  field: String,
  operation: String,
  word: String,
  at: Number,
  by: String,
  machine: String,
  reason: String,
  year: Number,
  receivedAt: Number,
} satisfies Record<keyof StoredWord, object>;
const objectionShape = {
  id: String,
  machine: String,
  field: String,
  operation: String,
  day: String,
  reason: String,
  claimedMu: Number,
  note: String,
  at: Number,
  author: String,
  measuredMu: Number,
  decisions: Mixed,
  version: Number,
  year: Number,
  receivedAt: Number,
} satisfies Record<keyof StoredObjection, object>;

const DUPLICATE_KEY = 11_000;
const plain = { versionKey: false, minimize: false } as const;
const withoutId = { projection: { _id: 0 } } as const;

/** What people said, none of it ever changed or taken away: a decision is added to its objection. */
export class ClaimStore {
  private readonly words;
  private readonly objections;

  constructor(connection: Connection) {
    const words = modelOn(connection, 'FinishWord', wordShape, { ...plain, collection: 'finishWords' });
    this.words = words.collection as unknown as mongoose.mongo.Collection<StoredWord>;
    const objections = modelOn(connection, 'Objection', objectionShape, { ...plain, collection: 'objections' });
    this.objections = objections.collection as unknown as mongoose.mongo.Collection<StoredObjection>;
  }

  async prepare(): Promise<void> {
    await this.words.createIndex({ id: 1 }, { unique: true });
    await this.words.createIndex({ year: 1, receivedAt: 1 });
    await this.objections.createIndex({ id: 1 }, { unique: true });
    await this.objections.createIndex({ year: 1, receivedAt: 1 });
  }

  wordsOf = (year: number): Promise<StoredWord[]> => this.words.find({ year }, withoutId).sort({ receivedAt: 1 }).toArray();
  objectionsOf = (year: number): Promise<StoredObjection[]> => this.objections.find({ year }, withoutId).sort({ receivedAt: 1 }).toArray();

  /** False when the id is taken. */
  addWord = (word: StoredWord): Promise<boolean> => unlessThere(this.words.insertOne({ ...word }, DURABLE));
  addObjection = (objection: StoredObjection): Promise<boolean> => unlessThere(this.objections.insertOne({ ...objection }, DURABLE));

  /** Null when somebody else decided in between. */
  decide = (id: string, version: number, decision: Decision): Promise<StoredObjection | null> =>
    this.objections.findOneAndUpdate(
      { id, version },
      { $push: { decisions: decision }, $set: { version: version + 1 } },
      { ...withoutId, returnDocument: 'after', ...DURABLE },
    );
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
