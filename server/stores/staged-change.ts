import type mongoose from 'mongoose';
import { type Connection, DURABLE, type Within } from './connection.ts';
import { LARGE_WRITE } from './time-limit.ts';

/** One document as it is to be, and by which of its members the one that it takes the place of is found. */
export interface Put {
  collection: string;
  keys: readonly string[];
  document: Record<string, unknown>;
}
interface StagedMark {
  _id: 'staged';
  /** Every field stands again, with no word of when it ripens. */
  freshFields: boolean;
}
type Staged = Put & { _id: number };

const COLLECTION = 'stagedchanges';
/** A bulk of so many is a matter of tens of milliseconds, of which few are ours. */
const BULK = 1000;

/**
 * A change that is too large for one transaction, which has to fit into the database's cache: what is to be is written aside, then a mark,
 * and with the mark the change is made: whatever happens afterwards, putting it into its place can be done again, and is at the next start.
 */
export class StagedChange {
  private readonly staged;
  private readonly marks;

  constructor(private readonly connection: Connection) {
    this.staged = connection.collection<Staged>(COLLECTION);
    this.marks = connection.collection<StagedMark>('marks');
  }

  async make(puts: readonly Put[], freshFields: boolean): Promise<void> {
    await this.staged.drop();
    for (let i = 0; i < puts.length; i += BULK) {
      const some = puts.slice(i, i + BULK).map((put, j) => ({ _id: i + j, ...put }));
      await this.staged.insertMany(some, { ordered: false, ...DURABLE, ...LARGE_WRITE });
    }
    await this.marks.replaceOne({ _id: 'staged' }, { freshFields }, { upsert: true, ...DURABLE });
    await this.finish();
  }

  /** Puts what a mark stands for into its place; without a mark nothing was changed, and what lies aside goes. */
  async finish(): Promise<void> {
    const mark = await this.marks.findOne({ _id: 'staged' });
    if (mark) {
      let some: Staged[] = [];
      for await (const put of this.staged.find({}).sort({ _id: 1 })) {
        some.push(put);
        if (some.length >= BULK) await this.place(some);
        if (some.length >= BULK) some = [];
      }
      await this.place(some);
      if (mark.freshFields) await this.refreshFields();
      await this.marks.deleteOne({ _id: 'staged' }, DURABLE);
    }
    await this.staged.drop();
  }

  /** Within a transaction, or as part of a change whose mark is set: both are safe to do again. */
  async place(puts: readonly Put[], within?: Within): Promise<void> {
    for (const collection of new Set(puts.map(put => put.collection))) {
      const writes = puts
        .filter(put => put.collection === collection)
        .map(({ keys, document }) => {
          const filter = Object.fromEntries(keys.map(key => [key, document[key]]));
          return { replaceOne: { filter, replacement: document, upsert: true } };
        });
      const options = within ? { session: within } : { ordered: false, ...DURABLE, ...LARGE_WRITE };
      await this.connection.collection(collection).bulkWrite(writes as mongoose.mongo.AnyBulkWriteOperation[], options);
    }
  }

  private async refreshFields(): Promise<void> {
    const filter = { $or: [{ reportedHarvested: { $ne: null } }, { ripeDate: { $ne: null } }] };
    await this.connection
      .collection('fields')
      .updateMany(filter, { $set: { reportedHarvested: null, ripeDate: null } }, { ...DURABLE, ...LARGE_WRITE });
  }
}
