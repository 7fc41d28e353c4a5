import mongoose from 'mongoose';
import type { Repair } from '../../shared/repair.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** A repair as stored: with the units that it concerns, so that a unit's closed ones are found by index. */
export interface StoredRepair extends Repair {
  units: string[];
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
  fault: String,
  note: String,
  parts: String,
  photos: Mixed,
  calledAt: Number,
  startedAt: Number,
  backAt: Number,
  finishedAt: Number,
  steps: Mixed,
  team: String,
  mechanic: String,
  hours: Number,
  costYuan: Number,
  reworkOf: String,
  alsoLogged: Mixed,
  author: String,
  version: Number,
  units: Mixed,
} satisfies Record<keyof StoredRepair, object>;

/** Closed repairs of what is named; `text` stands in plate, note or parts. */
export interface ClosedQuery {
  station?: string | undefined;
  unit?: string | undefined;
  machine?: string | undefined;
  text: string;
}

const DUPLICATE_KEY = 11_000;
const withoutId = { projection: { _id: 0 } } as const;
const changed = { ...withoutId, returnDocument: 'after', ...DURABLE } as const;

export class RepairStore {
  private readonly repairs;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Repair', shape, { collection: 'repairs', versionKey: false, minimize: false });
    this.repairs = model.collection as unknown as mongoose.mongo.Collection<StoredRepair>;
  }

  async prepare(): Promise<void> {
    await this.repairs.createIndex({ id: 1 }, { unique: true });
    for (const key of ['station', 'units', 'machine']) await this.repairs.createIndex({ [key]: 1, finishedAt: -1 });
    await this.repairs.createIndex({ station: 1, calledAt: -1 });
    await this.repairs.createIndex({ machine: 1, calledAt: -1 });
    await this.repairs.createIndex({ 'alsoLogged.id': 1 }, { sparse: true });
  }

  open = (): Promise<StoredRepair[]> => this.repairs.find({ finishedAt: null }, withoutId).toArray();
  /** Machines that were in repair at an instant. */
  machinesAt = async (at: number): Promise<string[]> => {
    const inRepair = { machine: { $ne: null }, calledAt: { $lte: at }, $or: [{ backAt: null }, { backAt: { $gt: at } }] };
    return (await this.repairs.distinct('machine', inRepair as never)) as string[];
  };
  find = (id: string): Promise<StoredRepair | null> => this.repairs.findOne({ id }, withoutId);
  /** The one that a second call or entry with this id went into. */
  thatTookIn = (id: string): Promise<StoredRepair | null> => this.repairs.findOne({ 'alsoLogged.id': id }, withoutId);
  /** Of a machine, over since an instant, the latest first. */
  overSince = (machine: string, since: number): Promise<StoredRepair[]> =>
    this.repairs
      .find({ machine, backAt: { $gt: since } }, withoutId)
      .sort({ backAt: -1 })
      .limit(20)
      .toArray();
  /** All of a machine, the latest first. */
  ofMachine = (machine: string, most: number): Promise<StoredRepair[]> =>
    this.repairs.find({ machine }, withoutId).sort({ calledAt: -1 }).limit(most).toArray();
  /** Per station: how many were over since an instant, and how long their machines stood, ms. */
  returnTimes = async (since: number): Promise<{ station: string; count: number; meanMs: number }[]> =>
    (await this.repairs
      .aggregate([
        { $match: { calledAt: { $gte: since }, backAt: { $ne: null }, station: { $ne: null } } },
        { $group: { _id: '$station', count: { $sum: 1 }, meanMs: { $avg: { $subtract: ['$backAt', '$calledAt'] } } } },
        { $project: { _id: 0, station: '$_id', count: 1, meanMs: 1 } },
      ])
      .toArray()) as { station: string; count: number; meanMs: number }[];

  /** False when the id is taken. */
  async add(repair: StoredRepair): Promise<boolean> {
    try {
      await this.repairs.insertOne({ ...repair }, DURABLE);
      return true;
    } catch (error) {
      if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  /** Changes a repair that is at `version`; null when somebody else changed it in between. */
  change = (id: string, version: number, changes: Partial<StoredRepair>): Promise<StoredRepair | null> =>
    this.repairs.findOneAndUpdate({ id, version }, { $set: { ...changes, version: version + 1 } }, changed);

  /** Null when it is full. A photo is no edit: the version stays. */
  addPhoto = (id: string, photo: string, most: number): Promise<StoredRepair | null> =>
    this.repairs.findOneAndUpdate({ id, [`photos.${most - 1}`]: { $exists: false } }, { $addToSet: { photos: photo } }, changed);
  removePhoto = (id: string, photo: string): Promise<StoredRepair | null> =>
    this.repairs.findOneAndUpdate({ id }, { $pull: { photos: photo } }, changed);

  async closed(
    { station, unit, machine, text }: ClosedQuery,
    from: number,
    most: number,
  ): Promise<{ total: number; repairs: StoredRepair[] }> {
    const words = { $regex: text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' };
    const filter = {
      finishedAt: { $ne: null },
      ...(station !== undefined && { station }),
      ...(unit !== undefined && { units: unit }),
      ...(machine !== undefined && { machine }),
      ...(text !== '' && { $or: [{ plate: words }, { note: words }, { parts: words }] }),
    };
    const [total, repairs] = await Promise.all([
      this.repairs.countDocuments(filter),
      this.repairs.find(filter, withoutId).sort({ finishedAt: -1, id: 1 }).skip(from).limit(most).toArray(),
    ]);
    return { total, repairs };
  }

  /** Machines of the list that a station wrote down, the latest first. */
  async recentMachines(station: string, most: number): Promise<string[]> {
    const latest = await this.repairs
      .find({ station, machine: { $ne: null } }, withoutId)
      .sort({ calledAt: -1 })
      .limit(100)
      .toArray();
    return [...new Set(latest.map(repair => repair.machine!))].slice(0, most);
  }
}
