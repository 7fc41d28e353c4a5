import type mongoose from 'mongoose';
import type { Accident, Overhauled, Trained } from '../../shared/safety.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

const accidentShape = {
  ...{ id: String, at: Number, division: String, place: String, machine: String, plate: String, kind: String, injured: Number },
  ...{ dead: Number, what: String, measures: String, station: String, author: String, version: Number },
} satisfies Record<keyof Accident, object>;
const common = { id: String, year: Number, division: String, day: String };
const trainedShape = { ...common, name: String, phone: String, subject: String } satisfies Record<keyof Trained, object>;
const overhauledShape = { ...common, plate: String, kind: String, owner: String, workshop: String } satisfies Record<
  keyof Overhauled,
  object
>;

const DUPLICATE_KEY = 11_000;
const withoutId = { projection: { _id: 0 } } as const;
const bare = { versionKey: false, minimize: false } as const;
type Rows<T extends object> = mongoose.mongo.Collection<T>;

export class SafetyStore {
  private readonly accidents: Rows<Accident>;
  readonly trained: Register<Trained>;
  readonly overhauled: Register<Overhauled>;

  constructor(connection: Connection) {
    const of = <T extends object>(name: string, shape: object, collection: string) =>
      modelOn(connection, name, shape, { ...bare, collection }).collection as unknown as Rows<T>;
    this.accidents = of<Accident>('Accident', accidentShape, 'accidents');
    this.trained = new Register(of<Trained>('Trained', trainedShape, 'trained'));
    this.overhauled = new Register(of<Overhauled>('Overhauled', overhauledShape, 'overhauled'));
  }

  async prepare(): Promise<void> {
    await this.accidents.createIndex({ id: 1 }, { unique: true });
    await this.accidents.createIndex({ at: -1 });
    await this.trained.prepare();
    await this.overhauled.prepare();
  }

  find = (id: string): Promise<Accident | null> => this.accidents.findOne({ id }, withoutId);
  between = (from: number, to: number): Promise<Accident[]> =>
    this.accidents
      .find({ at: { $gte: from, $lt: to } }, withoutId)
      .sort({ at: -1, id: 1 })
      .toArray();

  /** False when the id is taken. */
  async add(accident: Accident): Promise<boolean> {
    try {
      await this.accidents.insertOne({ ...accident }, DURABLE);
      return true;
    } catch (error) {
      if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  /** False when somebody else changed it in between. */
  replace = async (accident: Accident, version: number): Promise<boolean> =>
    (await this.accidents.replaceOne({ id: accident.id, version }, { ...accident }, DURABLE)).matchedCount === 1;
}

/** One register, a row for each id. */
class Register<T extends { id: string; year: number }> {
  constructor(private readonly rows: Rows<T>) {}

  async prepare(): Promise<void> {
    await this.rows.createIndex({ id: 1 } as never, { unique: true });
    await this.rows.createIndex({ year: 1 } as never);
  }

  of = (year: number): Promise<T[]> => this.rows.find({ year } as never, withoutId).toArray() as unknown as Promise<T[]>;

  async put(rows: readonly T[]): Promise<void> {
    if (rows.length === 0) return;
    const writes = rows.map(row => ({ replaceOne: { filter: { id: row.id }, replacement: { ...row }, upsert: true } }));
    await this.rows.bulkWrite(writes as never, { ordered: false, ...DURABLE });
  }
}
