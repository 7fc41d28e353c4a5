import type mongoose from 'mongoose';
import type { MaintenanceTick } from '../../shared/maintenance.ts';
import { type Connection, DURABLE, modelOn } from './connection.ts';

/** A tick with what the machine had worked by then, of the season's year. */
export interface StoredTick extends MaintenanceTick {
  year: number;
  by: string;
  station: string | null;
  mu: number;
  hours: number;
}

const shape = {
  id: String,
  machine: String,
  task: String,
  at: Number,
  note: String,
  year: Number,
  by: String,
  station: String,
  mu: Number,
  hours: Number,
} satisfies Record<keyof StoredTick, object>;

const DUPLICATE_KEY = 11_000;

export class MaintenanceStore {
  private readonly ticks;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'MaintenanceTick', shape, { collection: 'maintenance', versionKey: false, minimize: false });
    this.ticks = model.collection as unknown as mongoose.mongo.Collection<StoredTick>;
  }

  async prepare(): Promise<void> {
    await this.ticks.createIndex({ id: 1 }, { unique: true });
    await this.ticks.createIndex({ year: 1, at: 1 });
  }

  ofYear = (year: number): Promise<StoredTick[]> =>
    this.ticks
      .find({ year }, { projection: { _id: 0 } })
      .sort({ at: 1 })
      .toArray();

  /** False when it is there already. */
  async add(tick: StoredTick): Promise<boolean> {
    try {
      await this.ticks.insertOne({ ...tick }, DURABLE);
      return true;
    } catch (error) {
      if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
      throw error;
    }
  }
}
