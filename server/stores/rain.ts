import mongoose from 'mongoose';
import type { Connection } from './connection.ts';
import { DURABLE, inTransaction, modelOn } from './connection.ts';

/** What somebody said of a day's rain; null: an entry was taken back. */
export interface RainWord {
  rainMm: number | null;
  at: number;
  author: string;
}

/** All that was said of one unit's day, oldest first: a forecast of a past day goes by what was said until then. */
export interface RainDay {
  division: string;
  day: string;
  words: RainWord[];
}

const shape = { division: String, day: String, words: mongoose.Schema.Types.Mixed } satisfies Record<keyof RainDay, object>;

export class RainStore {
  private readonly days;

  constructor(private readonly connection: Connection) {
    const model = modelOn(connection, 'Rain', shape, { collection: 'rain', versionKey: false, minimize: false });
    this.days = model.collection as unknown as mongoose.mongo.Collection<RainDay>;
  }

  async prepare(): Promise<void> {
    await this.days.createIndex({ division: 1, day: 1 }, { unique: true });
  }

  ofYear = (year: number): Promise<RainDay[]> =>
    this.days.find({ day: { $gte: `${year}-01-01`, $lte: `${year}-12-31` } }, { projection: { _id: 0 } }).toArray();

  /** All of them, or none. */
  async add(rows: readonly (Pick<RainDay, 'division' | 'day'> & { word: RainWord })[]): Promise<void> {
    if (rows.length === 0) return;
    const writes = rows.map(({ division, day, word }) => ({
      updateOne: { filter: { division, day }, update: { $push: { words: word } }, upsert: true },
    }));
    await inTransaction(this.connection, async within => {
      await this.days.bulkWrite(writes, { session: within });
    });
  }

  clear = async (): Promise<void> => {
    await this.days.deleteMany({}, DURABLE);
  };
}
