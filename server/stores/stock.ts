import type mongoose from 'mongoose';
import { DIESEL, type Movement, type StockRow, type Transfer } from '../../shared/stock.ts';
import { type Connection, DURABLE, inTransaction, modelOn } from './connection.ts';

const rowShape = {
  station: String,
  part: String,
  name: String,
  unit: String,
  quantity: Number,
  minimum: Number,
  priceYuan: Number,
  version: Number,
} satisfies Record<keyof StockRow, object>;
const movementShape = {
  id: String,
  station: String,
  part: String,
  name: String,
  unit: String,
  kind: String,
  change: Number,
  left: Number,
  priceYuan: Number,
  at: Number,
  by: String,
  why: String,
  repair: String,
  transfer: String,
} satisfies Record<keyof Movement, object>;
const transferShape = {
  id: String,
  from: String,
  to: String,
  part: String,
  name: String,
  unit: String,
  priceYuan: Number,
  quantity: Number,
  why: String,
  sentAt: Number,
  sentBy: String,
  receivedAt: Number,
  receivedQuantity: Number,
  receivedBy: String,
} satisfies Record<keyof Transfer, object>;

/** What belongs together: shelves as they are afterwards, the lines that say why, and the transfer it was. */
export interface StockChange {
  rows: readonly StockRow[];
  movements: readonly Movement[];
  transfer?: Transfer;
}

/** Somebody else changed a shelf, or the act was stored, in between: nothing was. */
export class StockOutrun extends Error {}

const DUPLICATE_KEY = 11_000;
const withoutId = { projection: { _id: 0 } } as const;
const plain = { versionKey: false, minimize: false } as const;

export class StockStore {
  private readonly rows;
  private readonly movements;
  private readonly transfers;

  constructor(private readonly connection: Connection) {
    const row = modelOn(connection, 'StockRow', rowShape, { collection: 'stock', ...plain });
    this.rows = row.collection as unknown as mongoose.mongo.Collection<StockRow>;
    const movement = modelOn(connection, 'Movement', movementShape, { collection: 'stockMovements', ...plain });
    this.movements = movement.collection as unknown as mongoose.mongo.Collection<Movement>;
    const transfer = modelOn(connection, 'Transfer', transferShape, { collection: 'stockTransfers', ...plain });
    this.transfers = transfer.collection as unknown as mongoose.mongo.Collection<Transfer>;
  }

  async prepare(): Promise<void> {
    await this.rows.createIndex({ station: 1, part: 1 }, { unique: true });
    await this.movements.createIndex({ id: 1 }, { unique: true });
    await this.movements.createIndex({ station: 1, at: -1 });
    await this.movements.createIndex({ repair: 1 }, { sparse: true });
    await this.transfers.createIndex({ id: 1 }, { unique: true });
    for (const end of ['from', 'to']) await this.transfers.createIndex({ [end]: 1, sentAt: -1 });
  }

  allRows = (): Promise<StockRow[]> => this.rows.find({}, withoutId).toArray();
  movement = (id: string): Promise<Movement | null> => this.movements.findOne({ id }, withoutId);
  transfer = (id: string): Promise<Transfer | null> => this.transfers.findOne({ id }, withoutId);
  forRepairs = (): Promise<Movement[]> =>
    this.movements
      .find({ repair: { $ne: null } }, withoutId)
      .sort({ at: 1 })
      .toArray();
  /** Since its last count, else since the first line of its ledger. */
  tanks = (): Promise<{ station: string; since: number }[]> =>
    this.movements
      .aggregate<{ station: string; since: number }>([
        { $match: { part: DIESEL } },
        { $group: { _id: '$station', first: { $min: '$at' }, counted: { $max: { $cond: [{ $eq: ['$kind', 'count'] }, '$at', null] } } } },
        { $project: { _id: 0, station: '$_id', since: { $ifNull: ['$counted', '$first'] } } },
      ])
      .toArray();
  latest = (station: string, most: number): Promise<Movement[]> =>
    this.movements.find({ station }, withoutId).sort({ at: -1, _id: -1 }).limit(most).toArray();
  /** Those on their way first, then the latest. */
  transfersOf = (station: string, most: number): Promise<Transfer[]> =>
    this.transfers
      .find({ $or: [{ from: station }, { to: station }] }, withoutId)
      .sort({ receivedAt: 1, sentAt: -1 })
      .limit(most)
      .toArray();

  /** All of it or nothing: each shelf must be at the version before. */
  async take({ rows, movements, transfer }: StockChange): Promise<void> {
    try {
      await inTransaction(this.connection, async session => {
        for (const row of rows) {
          const key = { station: row.station, part: row.part, version: row.version - 1 };
          const put = await this.rows.updateOne(key, { $set: { ...row } }, { session, upsert: row.version === 1 });
          if (put.matchedCount + put.upsertedCount === 0) throw new StockOutrun(row.part);
        }
        if (movements.length > 0)
          await this.movements.insertMany(
            movements.map(movement => ({ ...movement })),
            { session },
          );
        if (transfer) await this.transfers.replaceOne({ id: transfer.id }, { ...transfer }, { session, upsert: true });
      });
    } catch (error) {
      if ((error as { code?: number }).code === DUPLICATE_KEY) throw new StockOutrun('the same again');
      throw error;
    }
  }

  async putRow(row: StockRow): Promise<void> {
    const { station, part } = row;
    await this.rows.replaceOne({ station, part }, { ...row }, { upsert: true, ...DURABLE });
  }
}
