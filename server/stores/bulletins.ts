import mongoose from 'mongoose';
import type { BulletinSummary, IssuedBulletin, Remarks } from '../../shared/bulletin.ts';
import type { Day } from '../../shared/season.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** Remarks on a bulletin that is being written. */
export interface RemarksDraft {
  division: string;
  day: Day;
  version: number;
  author: string;
  at: number;
  remarks: Remarks;
}

/** That a machine sent positions on a bulletin's day. */
export interface MachineDay {
  _id: string;
  day: Day;
  machine: string;
  /** The unit in which it was last that day: the town whose field it worked, else the county. Absent on old entries. */
  at?: string;
}

const Mixed = mongoose.Schema.Types.Mixed;
const issuedShape = {
  division: String,
  day: String,
  version: Number,
  cutOff: Number,
  issuedAt: Number,
  author: String,
  reason: String,
  changes: Mixed,
  seasonYear: Number,
  seasonName: String,
  areaSource: String,
  demo: Boolean,
  content: Mixed,
} satisfies Record<keyof IssuedBulletin, object>;
const draftShape = {
  division: String,
  day: String,
  version: Number,
  author: String,
  at: Number,
  remarks: Mixed,
} satisfies Record<keyof RemarksDraft, object>;
const machineDayShape = { _id: String, day: String, machine: String, at: String } satisfies Record<keyof MachineDay, object>;

const bare = { versionKey: false, minimize: false } as const;
const withoutId = { projection: { _id: 0 } } as const;
const DUPLICATE_KEY = 11_000;
const isTaken = (error: unknown): boolean => (error as { code?: number }).code === DUPLICATE_KEY;

export class BulletinStore {
  private readonly issued;
  private readonly drafts;
  private readonly machineDays;

  constructor(connection: Connection) {
    const collection = <T extends object>(name: string, shape: object, as: string) =>
      modelOn(connection, name, shape, { ...bare, collection: as }).collection as unknown as mongoose.mongo.Collection<T>;
    this.issued = collection<IssuedBulletin>('Bulletin', issuedShape, 'bulletins');
    this.drafts = collection<RemarksDraft>('BulletinDraft', draftShape, 'bulletindrafts');
    this.machineDays = collection<MachineDay>('MachineDay', machineDayShape, 'machinedays');
  }

  async prepare(): Promise<void> {
    await this.issued.createIndex({ division: 1, day: 1, version: 1 }, { unique: true });
    await this.drafts.createIndex({ division: 1, day: 1 }, { unique: true });
    await this.machineDays.createIndex({ day: 1 });
  }

  /** False when this version exists already: what is issued is never changed. */
  async add(bulletin: IssuedBulletin): Promise<boolean> {
    try {
      await this.issued.insertOne({ ...bulletin }, DURABLE);
      return true;
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
  }

  one = (division: string, day: Day, version: number): Promise<IssuedBulletin | null> =>
    this.issued.findOne({ division, day, version }, withoutId);

  latest = (division: string, day: Day): Promise<IssuedBulletin | null> =>
    this.issued.findOne({ division, day }, { ...withoutId, sort: { version: -1 } });

  /** Newest first. */
  summaries = (division: string): Promise<BulletinSummary[]> =>
    this.issued
      .find({ division }, { projection: { _id: 0, content: 0 } })
      .sort({ day: -1, version: -1 })
      .toArray() as unknown as Promise<BulletinSummary[]>;

  /** Of a year: what each closed, and when. */
  allIssued = (year: number): Promise<Pick<IssuedBulletin, 'division' | 'cutOff' | 'issuedAt'>[]> =>
    this.issued
      .find({ day: { $gte: `${year}-01-01`, $lte: `${year}-12-31` } }, { projection: { _id: 0, division: 1, cutOff: 1, issuedAt: 1 } })
      .toArray();

  draft = (division: string, day: Day): Promise<RemarksDraft | null> => this.drafts.findOne({ division, day }, withoutId);

  /** Saves the version after the one that was seen; false when somebody else did. */
  async putDraft(draft: RemarksDraft): Promise<boolean> {
    const { division, day, version } = draft;
    try {
      if (version === 1) {
        await this.drafts.insertOne({ ...draft }, DURABLE);
        return true;
      }
      const result = await this.drafts.replaceOne({ division, day, version: version - 1 }, { ...draft }, DURABLE);
      return result.matchedCount === 1;
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
  }

  /** One a machine and day; where it was is the last that was said. */
  async addMachineDays(days: readonly Omit<MachineDay, '_id'>[]): Promise<void> {
    if (days.length === 0) return;
    const last = new Map(days.map(day => [`${day.day}|${day.machine}`, day]));
    const writes = [...last].map(([_id, { day, machine, at }]) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: { day, machine }, ...(at !== undefined && { $set: { at } }) }, upsert: true },
    }));
    await this.machineDays.bulkWrite(writes, { ordered: false, ...DURABLE });
  }

  machinesOn = (day: Day): Promise<Pick<MachineDay, 'machine' | 'at'>[]> =>
    this.machineDays.find({ day }, { projection: { _id: 0, machine: 1, at: 1 } }).toArray();

  /** The first day of which anything is known. */
  firstMachineDay = async (): Promise<Day | null> => (await this.machineDays.findOne({}, { sort: { day: 1 } }))?.day ?? null;
}
