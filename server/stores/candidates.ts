import mongoose from 'mongoose';
import type { Candidate } from '../../shared/candidate.ts';
import type { Polygon } from '../../shared/registry.ts';
import type { Operation } from '../../shared/season.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

export interface StoredCandidate extends Omit<Candidate, 'areaMu' | 'coveredMu' | 'machines'> {
  year: number;
  areaM2: number;
  coveredM2: number;
  machines: { machine: string; coveredM2: number }[];
  /** As the tracks showed it; several when it was joined of several. */
  grounds: Polygon[];
}

/** A stretch of an outbox that looks like work outside of every field, so that the log need not be read to find it again. */
export interface StoredSpot {
  id: string;
  year: number;
  machine: string;
  outbox: string;
  operation: Operation;
  /** west, south, east, north in degrees. */
  box: [number, number, number, number];
  /** The stretch in which it lies, and the time of the work itself. */
  fromSeq: number;
  toSeq: number;
  from: number;
  to: number;
  workedMs: number;
  /** Up to where it has been looked at, by seq and fix time. */
  searchedSeq: number;
  searchedTo: number;
}

const Mixed = mongoose.Schema.Types.Mixed;
const candidateShape = {
  id: String,
  year: Number,
  operation: String,
  polygon: Mixed,
  areaM2: Number,
  coveredM2: Number,
  machines: Mixed,
  grounds: Mixed,
  firstAt: Number,
  lastAt: Number,
  town: String,
  county: String,
  village: String,
  state: String,
  isShaped: Boolean,
  foundAt: Number,
  version: Number,
  decided: Mixed,
} satisfies Record<keyof StoredCandidate, object>;
const spotShape = {
  id: String,
  year: Number,
  machine: String,
  outbox: String,
  operation: String,
  box: [Number],
  fromSeq: Number,
  toSeq: Number,
  from: Number,
  to: Number,
  workedMs: Number,
  searchedSeq: Number,
  searchedTo: Number,
} satisfies Record<keyof StoredSpot, object>;

const bare = { versionKey: false, minimize: false } as const;
const withoutId = { projection: { _id: 0 } } as const;

export class CandidateStore {
  private readonly candidates;
  private readonly spots;

  constructor(connection: Connection) {
    this.candidates = modelOn(connection, 'Candidate', candidateShape, { collection: 'candidates', ...bare })
      .collection as unknown as mongoose.mongo.Collection<StoredCandidate>;
    this.spots = modelOn(connection, 'OpenSpot', spotShape, { collection: 'openspots', ...bare })
      .collection as unknown as mongoose.mongo.Collection<StoredSpot>;
  }

  async prepare(): Promise<void> {
    for (const collection of [this.candidates, this.spots]) await collection.createIndex({ year: 1, id: 1 }, { unique: true });
  }

  ofYear = (year: number): Promise<StoredCandidate[]> => this.candidates.find({ year }, withoutId).toArray();
  spotsOfYear = (year: number): Promise<StoredSpot[]> => this.spots.find({ year }, withoutId).toArray();

  /** In this order: when it is cut off, what comes first is there. */
  async put(candidates: readonly StoredCandidate[]): Promise<void> {
    if (candidates.length > 0) await this.candidates.bulkWrite(candidates.map(replacing) as never, { ordered: true, ...DURABLE });
  }

  async removeSpots(year: number, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.spots.deleteMany({ year, id: { $in: [...ids] } }, DURABLE);
  }

  async putSpots(spots: readonly StoredSpot[]): Promise<void> {
    if (spots.length > 0) await this.spots.bulkWrite(spots.map(replacing) as never, { ordered: false, ...DURABLE });
  }
}

const replacing = <T extends { id: string; year: number }>(one: T) => ({
  replaceOne: { filter: { year: one.year, id: one.id }, replacement: { ...one }, upsert: true },
});
