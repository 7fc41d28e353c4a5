import mongoose from 'mongoose';
import type { ScreenToken } from '../../shared/routes/screens.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** A big screen that was given a token; of the token only the hash. */
export type StoredScreen = ScreenToken & { hash: string };

const shape = {
  id: String,
  name: String,
  createdAt: Number,
  author: String,
  revoked: mongoose.Schema.Types.Mixed,
  hash: String,
} satisfies Record<keyof StoredScreen, object>;
const withoutId = { projection: { _id: 0 } } as const;

export class ScreenStore {
  private readonly screens;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Screen', shape, { collection: 'screens', versionKey: false, minimize: false });
    this.screens = model.collection as unknown as mongoose.mongo.Collection<StoredScreen>;
  }

  async prepare(): Promise<void> {
    await this.screens.createIndex({ id: 1 }, { unique: true });
  }

  add = async (screen: StoredScreen): Promise<void> => {
    await this.screens.insertOne({ ...screen }, DURABLE);
  };
  all = (): Promise<StoredScreen[]> => this.screens.find({}, withoutId).sort({ createdAt: -1 }).toArray();
  one = (id: string): Promise<StoredScreen | null> => this.screens.findOne({ id }, withoutId);
  revoke = async (id: string, revoked: ScreenToken['revoked']): Promise<void> => {
    await this.screens.updateOne({ id, revoked: null }, { $set: { revoked } }, DURABLE);
  };
}
