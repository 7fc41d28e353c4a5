import mongoose from 'mongoose';
import type { Reminder } from '../../shared/reporting.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

const shape = {
  id: String,
  division: String,
  day: String,
  at: Number,
  author: String,
  seen: mongoose.Schema.Types.Mixed,
} satisfies Record<keyof Reminder, object>;
const withoutId = { projection: { _id: 0 } } as const;

/** What dispatchers asked of clerks: written once, seen once. */
export class ReminderStore {
  private readonly reminders;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Reminder', shape, { collection: 'reminders', versionKey: false, minimize: false });
    this.reminders = model.collection as unknown as mongoose.mongo.Collection<Reminder>;
  }

  async prepare(): Promise<void> {
    await this.reminders.createIndex({ id: 1 }, { unique: true });
    await this.reminders.createIndex({ day: 1 });
  }

  add = async (reminders: readonly Reminder[]): Promise<void> => {
    await this.reminders.insertMany(
      reminders.map(reminder => ({ ...reminder })),
      DURABLE,
    );
  };
  ofDays = (days: readonly string[]): Promise<Reminder[]> =>
    this.reminders
      .find({ day: { $in: [...days] } }, withoutId)
      .sort({ at: 1 })
      .toArray();
  some = (ids: readonly string[]): Promise<Reminder[]> => this.reminders.find({ id: { $in: [...ids] } }, withoutId).toArray();

  /** The first to see one is the one who saw it. */
  async see(ids: readonly string[], seen: Reminder['seen']): Promise<number> {
    const result = await this.reminders.updateMany({ id: { $in: [...ids] }, seen: null }, { $set: { seen } }, DURABLE);
    return result.modifiedCount;
  }
}
