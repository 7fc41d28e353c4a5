import mongoose from 'mongoose';
import type { Recomputation } from '../../shared/recomputation.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** As stored: with all units that it is about, its own and those above, and the season it belongs to. */
export interface StoredRecomputation extends Recomputation {
  chain: string[];
  year: number;
}
const Mixed = mongoose.Schema.Types.Mixed;
const shape = {
  id: String,
  cause: String,
  scope: Mixed,
  division: String,
  author: String,
  at: Number,
  endedAt: Number,
  failed: String,
  methods: Mixed,
  compared: Number,
  differing: Number,
  moving: Number,
  totals: Mixed,
  units: Mixed,
  largest: Mixed,
  adopted: Mixed,
  chain: [String],
  year: Number,
} satisfies Record<keyof StoredRecomputation, object>;

const MOST = 30;
const withoutId = { projection: { _id: 0, chain: 0, year: 0 } } as const;

/** What was computed again, and what came of it. */
export class RecomputationStore {
  private readonly runs;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Recomputation', shape, { collection: 'recomputations', versionKey: false, minimize: false });
    this.runs = model.collection as unknown as mongoose.mongo.Collection<StoredRecomputation>;
  }

  async prepare(): Promise<void> {
    await this.runs.createIndex({ id: 1 }, { unique: true });
    await this.runs.createIndex({ chain: 1, at: -1 });
  }

  put = async (run: StoredRecomputation): Promise<void> => {
    await this.runs.replaceOne({ id: run.id }, run, { upsert: true, ...DURABLE });
  };

  find = (id: string): Promise<Recomputation | null> => this.runs.findOne({ id }, withoutId) as Promise<Recomputation | null>;

  newest = (division: string, year: number): Promise<Recomputation[]> =>
    this.runs.find({ chain: division, year }, withoutId).sort({ at: -1, _id: -1 }).limit(MOST).toArray() as unknown as Promise<
      Recomputation[]
    >;

  /** False when somebody has adopted it already. */
  async adopt(id: string, adopted: NonNullable<Recomputation['adopted']>): Promise<boolean> {
    const result = await this.runs.updateOne({ id, adopted: null } as never, { $set: { adopted } } as never, DURABLE);
    return result.matchedCount === 1;
  }
}
