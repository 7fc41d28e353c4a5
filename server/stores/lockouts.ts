import type mongoose from 'mongoose';
import { type Connection, DURABLE, modelOn } from './connection.ts';

/** Wrong passwords for one login, whether it exists or not. */
export interface Lockout {
  /** sha256 of the login, hex: people type their password there by mistake. */
  _id: string;
  failures: number;
  /** Wall clock; null: not locked. */
  lockedUntil: number | null;
  /** Forgotten after this. */
  until: number;
}

const shape = { _id: String, failures: Number, lockedUntil: Number, until: Number } satisfies Record<keyof Lockout, object>;

export class LockoutStore {
  private readonly lockouts;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Lockout', shape, { collection: 'lockouts', versionKey: false, minimize: false });
    this.lockouts = model.collection as unknown as mongoose.mongo.Collection<Lockout>;
  }

  all = (): Promise<Lockout[]> => this.lockouts.find({}).toArray();
  put = async (lockout: Lockout): Promise<void> => {
    await this.lockouts.replaceOne({ _id: lockout._id }, lockout, { upsert: true, ...DURABLE });
  };
  remove = async (hash: string): Promise<void> => {
    await this.lockouts.deleteOne({ _id: hash }, DURABLE);
  };
  removeForgotten = async (now: number): Promise<void> => {
    await this.lockouts.deleteMany({ until: { $lte: now } });
  };
}
