import type mongoose from 'mongoose';
import type { Permit } from '../../shared/permit.ts';
import type { Connection } from './connection.ts';
import { DURABLE, inTransaction, modelOn } from './connection.ts';

const shape = {
  ...{ id: String, year: Number, state: String, machine: String, plate: String, holder: String, division: String, station: String },
  ...{ operation: String, crops: String, destination: String, from: String, to: String, appliedAt: Number, appliedBy: String },
  ...{
    number: String,
    check: String,
    issuedAt: Number,
    issuedBy: String,
    endedAt: Number,
    endedBy: String,
    reason: String,
    version: Number,
  },
} satisfies Record<keyof Permit, object>;

const DUPLICATE_KEY = 11_000;
const withoutId = { projection: { _id: 0 } } as const;
const changed = { ...withoutId, returnDocument: 'after' } as const;

interface Mark {
  _id: string;
  key?: string;
  last?: number;
}

export class PermitStore {
  private readonly permits;
  /** The key of the checks, and the last number given out in a year. */
  private readonly marks;

  constructor(private readonly connection: Connection) {
    const model = modelOn(connection, 'Permit', shape, { collection: 'permits', versionKey: false, minimize: false });
    this.permits = model.collection as unknown as mongoose.mongo.Collection<Permit>;
    this.marks = connection.collection<Mark>('permitmarks');
  }

  async prepare(): Promise<void> {
    await this.permits.createIndex({ id: 1 }, { unique: true });
    await this.permits.createIndex({ year: 1, appliedAt: -1 });
    // Only what was issued has a number.
    await this.permits.createIndex({ number: 1 }, { unique: true, partialFilterExpression: { number: { $type: 'string' } } });
  }

  all = (year: number): Promise<Permit[]> => this.permits.find({ year }, withoutId).toArray();
  find = (id: string): Promise<Permit | null> => this.permits.findOne({ id }, withoutId);
  withNumber = (number: string): Promise<Permit | null> => this.permits.findOne({ number }, withoutId);

  /** The key is made once, by whoever asks first. */
  async key(fresh: () => string): Promise<string> {
    const options = { upsert: true, returnDocument: 'after', ...DURABLE } as const;
    const ask = () => this.marks.findOneAndUpdate({ _id: 'key' }, { $setOnInsert: { key: fresh() } }, options);
    const mark = await ask().catch((error: { code?: number }) => {
      if (error.code === DUPLICATE_KEY) return ask();
      throw error;
    });
    return mark!.key!;
  }

  /** False when the id is taken. */
  async add(permit: Permit): Promise<boolean> {
    try {
      await this.permits.insertOne({ ...permit }, DURABLE);
      return true;
    } catch (error) {
      if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  /** With the next number of its year: number and permit are stored together or not at all. Null: somebody was quicker. */
  issue(before: Permit, issued: (running: number) => Permit): Promise<Permit | null> {
    return inTransaction(this.connection, async session => {
      const found = await this.permits.findOne({ id: before.id, version: before.version }, { session });
      if (!found) return null;
      const mark = await this.marks.findOneAndUpdate(
        { _id: `number:${before.year}` },
        { $inc: { last: 1 } },
        { upsert: true, returnDocument: 'after', session },
      );
      return this.permits.findOneAndReplace({ id: before.id, version: before.version }, issued(mark!.last!), { ...changed, session });
    });
  }

  replace = (permit: Permit, version: number): Promise<Permit | null> =>
    this.permits.findOneAndReplace({ id: permit.id, version }, permit, { ...changed, ...DURABLE });
}
