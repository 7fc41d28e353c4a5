import mongoose from 'mongoose';
import type { FuelBooking, FuelChanges } from '../../shared/fuel.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** A booking as stored: with the units that it concerns, so that a unit's closed ones are found by index. */
export interface StoredFuel extends FuelBooking {
  units: string[];
  /** Delivered or refused. */
  isClosed: boolean;
}

const Mixed = mongoose.Schema.Types.Mixed;
const shape = {
  id: String,
  machine: String,
  plate: String,
  station: String,
  division: String,
  lngLat: Mixed,
  source: String,
  litres: Number,
  note: String,
  requestedAt: Number,
  takenAt: Number,
  setOutAt: Number,
  deliveredAt: Number,
  refusedAt: Number,
  carrier: String,
  deliveredLitres: Number,
  pricePerLitre: Number,
  reason: String,
  author: String,
  version: Number,
  units: Mixed,
  isClosed: Boolean,
} satisfies Record<keyof StoredFuel, object>;

export interface FuelQuery {
  station?: string | undefined;
  unit?: string | undefined;
  machine?: string | undefined;
}

const DUPLICATE_KEY = 11_000;
const withoutId = { projection: { _id: 0 } } as const;
const changed = { ...withoutId, returnDocument: 'after', ...DURABLE } as const;

export class FuelStore {
  private readonly bookings;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'FuelBooking', shape, { collection: 'fuelBookings', versionKey: false, minimize: false });
    this.bookings = model.collection as unknown as mongoose.mongo.Collection<StoredFuel>;
  }

  async prepare(): Promise<void> {
    await this.bookings.createIndex({ id: 1 }, { unique: true });
    for (const key of ['station', 'units', 'machine']) await this.bookings.createIndex({ [key]: 1, isClosed: 1, requestedAt: -1 });
  }

  open = (): Promise<StoredFuel[]> => this.bookings.find({ isClosed: false }, withoutId).toArray();
  find = (id: string): Promise<StoredFuel | null> => this.bookings.findOne({ id }, withoutId);

  deliveredSince = (station: string, since: number): Promise<StoredFuel[]> =>
    this.bookings.find({ station, isClosed: true, deliveredAt: { $gte: since } }, withoutId).toArray();

  /** False when the id is taken. */
  async add(booking: StoredFuel): Promise<boolean> {
    try {
      await this.bookings.insertOne({ ...booking }, DURABLE);
      return true;
    } catch (error) {
      if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  /** Changes a booking that is at `version`; null when somebody else changed it in between. */
  change = (id: string, version: number, changes: FuelChanges & Pick<StoredFuel, 'units' | 'isClosed'>): Promise<StoredFuel | null> =>
    this.bookings.findOneAndUpdate({ id, version }, { $set: { ...changes, version: version + 1 } }, changed);

  async closed({ station, unit, machine }: FuelQuery, from: number, most: number): Promise<{ total: number; bookings: StoredFuel[] }> {
    const filter = {
      isClosed: true,
      ...(station !== undefined && { station }),
      ...(unit !== undefined && { units: unit }),
      ...(machine !== undefined && { machine }),
    };
    const [total, bookings] = await Promise.all([
      this.bookings.countDocuments(filter),
      this.bookings.find(filter, withoutId).sort({ requestedAt: -1, id: 1 }).skip(from).limit(most).toArray(),
    ]);
    return { total, bookings };
  }
}
