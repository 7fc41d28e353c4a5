import type mongoose from 'mongoose';
import type { LateCorrection } from '../../shared/correction.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** As stored: `_id` is what makes it one correction, `chain` the units of its field. */
export interface StoredCorrection extends LateCorrection {
  _id: string;
  chain: string[];
  year: number;
}
const shape = {
  _id: String,
  field: String,
  operation: String,
  machine: String,
  at: Number,
  cutOff: Number,
  fixes: Number,
  firstTime: Number,
  lastTime: Number,
  beforeMu: Number,
  afterMu: Number,
  chain: [String],
  year: Number,
} satisfies Record<keyof StoredCorrection, object>;

/** What late fixes changed of figures that were issued already. */
export class CorrectionStore {
  private readonly corrections;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Correction', shape, { collection: 'corrections', versionKey: false, minimize: false });
    this.corrections = model.collection as unknown as mongoose.mongo.Collection<StoredCorrection>;
  }

  async prepare(): Promise<void> {
    await this.corrections.createIndex({ year: 1 });
  }

  ofYear = (year: number): Promise<StoredCorrection[]> => this.corrections.find({ year }).sort({ at: 1 }).toArray();

  /** The same again, after a kill, is the same correction. */
  async put(corrections: readonly StoredCorrection[]): Promise<void> {
    if (corrections.length === 0) return;
    const writes = corrections.map(one => ({ replaceOne: { filter: { _id: one._id }, replacement: one, upsert: true } }));
    await this.corrections.bulkWrite(writes, { ordered: false, ...DURABLE });
  }
}
