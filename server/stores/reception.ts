import mongoose from 'mongoose';
import type { Expected, VisitEntry } from '../../shared/reception.ts';
import type { Connection } from './connection.ts';
import { DURABLE, inTransaction, modelOn } from './connection.ts';

const Mixed = mongoose.Schema.Types.Mixed;

/** Everything that was written of one machine in one season. */
export interface Stay {
  key: string;
  year: number;
  plate: string;
  machine: string | null;
  entries: VisitEntry[];
}
const stayShape = { key: String, year: Number, plate: String, machine: String, entries: Mixed } satisfies Record<keyof Stay, object>;
const expectedShape = {
  ...{ id: String, year: Number, day: String, station: String, plate: String, kind: String },
  ...{ holder: String, phone: String, origin: String, crew: Number },
} satisfies Record<keyof Expected, object>;

interface Move {
  /** Key of the stay that they are of. */
  from: string;
  to: Omit<Stay, 'entries'>;
  entries: readonly VisitEntry[];
  entry: VisitEntry;
}

const DUPLICATE_KEY = 11_000;
const withoutId = { projection: { _id: 0 } } as const;
const bare = { versionKey: false, minimize: false } as const;

/** Expected machines, and the stays of those that came. */
export class ReceptionStore {
  private readonly stays;
  private readonly expected;

  constructor(private readonly connection: Connection) {
    const stay = modelOn(connection, 'Stay', stayShape, { ...bare, collection: 'stays' });
    const expected = modelOn(connection, 'Expected', expectedShape, { ...bare, collection: 'expectedmachines' });
    this.stays = stay.collection as unknown as mongoose.mongo.Collection<Stay>;
    this.expected = expected.collection as unknown as mongoose.mongo.Collection<Expected>;
  }

  async prepare(): Promise<void> {
    await this.stays.createIndex({ key: 1 }, { unique: true });
    await this.stays.createIndex({ year: 1 });
    await this.expected.createIndex({ id: 1 }, { unique: true });
    await this.expected.createIndex({ year: 1 });
  }

  staysOf = (year: number): Promise<Stay[]> => this.stays.find({ year }, withoutId).toArray();
  expectedOf = (year: number): Promise<Expected[]> => this.expected.find({ year }, withoutId).toArray();

  /** The machine's stay with the entry in it; an entry that is there already stays as it is. */
  async add(stay: Omit<Stay, 'entries'>, entry: VisitEntry): Promise<Stay> {
    const filter = { key: stay.key, 'entries.id': { $ne: entry.id } };
    const update = { $setOnInsert: stay, $push: { entries: entry } };
    try {
      const after = await this.stays.findOneAndUpdate(filter as never, update as never, {
        ...{ ...withoutId, upsert: true, returnDocument: 'after', ...DURABLE },
      });
      return after!;
    } catch (error) {
      if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
      // The entry is there, or somebody made the stay in this instant: then the entry goes into it.
      await this.stays.updateOne(filter as never, { $push: { entries: entry } } as never, DURABLE);
      return (await this.stays.findOne({ key: stay.key }, withoutId))!;
    }
  }

  /** Entries of one stay go into another as well, all or none; the last of them says so in both. Gives back the old one and the new. */
  async move({ from, to, entries, entry }: Move): Promise<[Stay, Stay]> {
    await inTransaction(this.connection, async session => {
      await this.stays.updateOne({ key: from, 'entries.id': { $ne: entry.id } } as never, { $push: { entries: entry } } as never, {
        session,
      });
      await this.stays.updateOne({ key: to.key }, { $setOnInsert: { ...to, entries: [] } }, { upsert: true, session });
      const there = await this.stays.findOne({ key: to.key }, { session });
      const missing = entries.filter(({ id }) => !there!.entries.some(one => one.id === id));
      await this.stays.updateOne({ key: to.key }, { $push: { entries: { $each: missing } } } as never, { session });
    });
    const [old, now] = await Promise.all([from, to.key].map(key => this.stays.findOne({ key }, withoutId)));
    return [old!, now!];
  }

  async putExpected(rows: readonly Expected[]): Promise<void> {
    if (rows.length === 0) return;
    const writes = rows.map(row => ({ replaceOne: { filter: { id: row.id }, replacement: { ...row }, upsert: true } }));
    await this.expected.bulkWrite(writes, { ordered: false, ...DURABLE });
  }
}
