import mongoose from 'mongoose';
import type { Advice } from '../../shared/advice.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** As stored: with the units that it concerns, its own and all above, and the season it belongs to. */
export interface StoredAdvice extends Advice {
  units: string[];
  year: number;
}

const Mixed = mongoose.Schema.Types.Mixed;
const shape = {
  id: String,
  kind: String,
  division: String,
  operation: String,
  at: Number,
  state: String,
  reasons: Mixed,
  steps: Mixed,
  moves: Mixed,
  plan: Mixed,
  effect: Mixed,
  staleMachines: [String],
  decision: Mixed,
  version: Number,
  units: [String],
  year: Number,
} satisfies Record<keyof StoredAdvice, object>;

const withoutId = { projection: { _id: 0 } } as const;
const MOST = 40;

/** Advice stays for good, with what was made of it: nothing here is ever deleted. */
export class AdviceStore {
  private readonly advice;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Advice', shape, { collection: 'advice', versionKey: false, minimize: false });
    this.advice = model.collection as unknown as mongoose.mongo.Collection<StoredAdvice>;
  }

  async prepare(): Promise<void> {
    await this.advice.createIndex({ id: 1 }, { unique: true });
    await this.advice.createIndex({ units: 1, at: -1 });
    await this.advice.createIndex({ state: 1, year: 1 });
  }

  open = (year: number): Promise<StoredAdvice[]> => this.advice.find({ state: 'open', year }, withoutId).sort({ at: 1 }).toArray();
  find = (id: string): Promise<StoredAdvice | null> => this.advice.findOne({ id }, withoutId);

  add = async (advice: StoredAdvice): Promise<void> => {
    await this.advice.insertOne({ ...advice }, DURABLE);
  };

  /** What is open at `version` becomes something else; null when it is not so any more. */
  settle = (id: string, version: number, to: Pick<Advice, 'state' | 'decision'>): Promise<StoredAdvice | null> =>
    this.advice.findOneAndUpdate(
      { id, version, state: 'open' },
      { $set: { ...to, version: version + 1 } },
      { ...withoutId, returnDocument: 'after', ...DURABLE },
    );

  /** The latest of a unit and all below it. */
  latest = (unit: string, state: Advice['state'] | null): Promise<StoredAdvice[]> =>
    this.advice
      .find({ units: unit, ...(state !== null && { state }) }, withoutId)
      .sort({ at: -1, id: 1 })
      .limit(MOST)
      .toArray();
}
