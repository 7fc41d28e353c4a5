import mongoose from 'mongoose';
import type { ClockLine } from '../../shared/clock.ts';
import type { Division, Field, Machine, PlannedArea, Polygon, Reported, Station } from '../../shared/registry.ts';
import type { SealedSeason } from '../../shared/routes/setup.ts';
import type { Season } from '../../shared/season.ts';
import type { Connection } from './connection.ts';
import { DURABLE, inTransaction, modelOn } from './connection.ts';
import { type Put, StagedChange } from './staged-change.ts';

const Mixed = mongoose.Schema.Types.Mixed;
const seasonShape = {
  year: Number,
  name: String,
  demo: Boolean,
  deadline: Mixed,
  targetRate: Mixed,
  firstDay: Mixed,
  workableHours: Mixed,
  serviceArea: [Number],
  usualMuPerMachineDay: Mixed,
  areaSource: String,
  fromBatch: Number,
  closedAt: Number,
  closedUpTo: Number,
} satisfies Record<keyof Season, object>;
const divisionShape = {
  code: String,
  name: String,
  nameEn: String,
  level: String,
  parent: String,
  kind: String,
  firstDay: Mixed,
  deadline: Mixed,
} satisfies Record<keyof Division, object>;
const plannedShape = {
  division: String,
  year: Number,
  version: Number,
  plantedMu: Number,
  plannedMu: Number,
  at: Number,
  author: String,
} satisfies Record<keyof PlannedArea, object>;
const fieldShape = {
  id: String,
  polygon: Mixed,
  town: String,
  village: String,
  crop: String,
  ripeDate: String,
  county: String,
  areaMu: Number,
  version: Number,
  reportedHarvested: Mixed,
} satisfies Record<keyof Field, object>;
const machineShape = {
  id: String,
  kind: String,
  plate: String,
  drive: String,
  origin: String,
  division: String,
  operatorName: String,
  operatorPhone: String,
  hasTerminal: Boolean,
  implements: Mixed,
} satisfies Record<keyof Machine, object>;
const stationShape = { id: String, name: String, division: String, location: [Number] } satisfies Record<keyof Station, object>;
const reportedShape = {
  division: String,
  operation: String,
  day: String,
  machineMu: Number,
  handMu: Number,
  reason: String,
  version: Number,
  at: Number,
  author: String,
  aboveArea: Boolean,
} satisfies Record<keyof Reported, object>;

/** A unit's outline as drawn on the map; a list of its own, since most units have none. */
export interface Outline {
  division: string;
  polygon: Polygon;
  source: string;
}
const outlineShape = { division: String, polygon: Mixed, source: String } satisfies Record<keyof Outline, object>;

/** What became of a field that is no more, and who saw to it. */
export interface Retirement {
  at: number;
  by: string;
  into: string[];
}
interface RetiredField extends Retirement {
  id: string;
  town: string;
  /** As it was. */
  field: Field;
}
const retiredShape = { id: String, town: String, at: Number, by: String, into: [String], field: Mixed } satisfies Record<
  keyof RetiredField,
  object
>;

const sealedShape = {
  year: Number,
  closedAt: Number,
  closedUpTo: Number,
  author: String,
  digest: Mixed,
  units: Mixed,
  days: Mixed,
} satisfies Record<keyof SealedSeason, object>;

const bare = { versionKey: false, minimize: false, strict: 'throw' } as const;
const withoutId = { _id: 0 } as const;

/** What changes together. */
export interface RegistryChange {
  seasons?: Puts<Season>;
  divisions?: Puts<Division>;
  outlines?: Puts<Outline>;
  planned?: Puts<PlannedArea>;
  stations?: Puts<Station>;
  machines?: Puts<Machine>;
  fields?: Puts<Field>;
  sealed?: Puts<SealedSeason>;
  /** Every field stands again, with no word of when it ripens. */
  freshFields?: true;
}
export interface Puts<T> {
  added: readonly T[];
  replaced: readonly T[];
}
/** Of each list: its model, and by which members one of it is found. */
const parts = {
  seasons: ['season', ['year']],
  divisions: ['division', ['code']],
  outlines: ['outline', ['division']],
  planned: ['planned', ['division', 'year', 'version']],
  stations: ['station', ['id']],
  machines: ['machine', ['id']],
  fields: ['field', ['id']],
  sealed: ['sealed', ['year']],
} as const;
/** Far below what a transaction may hold: it has to fit into the cache of the database. */
const MOST_IN_TRANSACTION = 5000;

/** What the bureau keeps lists of. Everything goes in and comes out as plain data. */
export class RegistryStore {
  private readonly models;
  private readonly marks;
  private readonly staged;

  constructor(private readonly connection: Connection) {
    const model = <T>(name: string, shape: object, collection: string) => modelOn<T>(connection, name, shape, { ...bare, collection });
    this.models = {
      season: model<Season>('Season', seasonShape, 'seasons'),
      division: model<Division>('Division', divisionShape, 'divisions'),
      outline: model<Outline>('Outline', outlineShape, 'outlines'),
      planned: model<PlannedArea>('PlannedArea', plannedShape, 'plannedareas'),
      field: model<Field>('Field', fieldShape, 'fields'),
      retired: model<RetiredField>('RetiredField', retiredShape, 'retiredfields'),
      machine: model<Machine>('Machine', machineShape, 'machines'),
      station: model<Station>('Station', stationShape, 'stations'),
      reported: model<Reported>('Reported', reportedShape, 'reported'),
      sealed: model<SealedSeason>('SealedSeason', sealedShape, 'sealedseasons'),
    };
    this.staged = new StagedChange(connection);
    this.marks = connection.collection<{ _id: string } & Partial<ClockLine>>('marks');
  }

  async prepare(): Promise<void> {
    const { division, field, machine, planned, reported, season, outline, station } = this.models;
    const unique = { unique: true } as const;
    await season.collection.createIndex({ year: 1 }, unique);
    await division.collection.createIndex({ code: 1 }, unique);
    await outline.collection.createIndex({ division: 1 }, unique);
    await planned.collection.createIndex({ division: 1, year: 1, version: 1 }, unique);
    await field.collection.createIndex({ id: 1 }, unique);
    await this.models.retired.collection.createIndex({ id: 1 }, unique);
    await machine.collection.createIndex({ id: 1 }, unique);
    await station.collection.createIndex({ id: 1 }, unique);
    await this.models.sealed.collection.createIndex({ year: 1 }, unique);
    await reported.collection.createIndex({ division: 1, operation: 1, day: 1, version: 1 }, unique);
  }

  sealed = (year: number): Promise<SealedSeason | null> => this.models.sealed.findOne({ year }, withoutId).lean<SealedSeason>().exec();
  closedSeasons = async (): Promise<{ year: number; closedAt: number }[]> => {
    const closed = await this.models.sealed.find({}, { _id: 0, year: 1, closedAt: 1 }).sort({ year: 1 }).lean<SealedSeason[]>();
    return closed.map(({ year, closedAt }) => ({ year, closedAt }));
  };

  season = async (): Promise<Season | null> => this.models.season.findOne({}, withoutId).sort({ year: -1 }).lean<Season>();
  putSeason = async (season: Season): Promise<void> => {
    await this.models.season.replaceOne({ year: season.year }, season, { upsert: true });
  };

  divisions = (): Promise<Division[]> => this.models.division.find({}, withoutId).lean<Division[]>().exec();
  outlines = (): Promise<Outline[]> => this.models.outline.find({}, withoutId).lean<Outline[]>().exec();
  plannedAreas = (year: number): Promise<PlannedArea[]> =>
    this.models.planned.find({ year }, withoutId).sort({ version: 1 }).lean<PlannedArea[]>().exec();
  machines = (): Promise<Machine[]> => this.models.machine.find({}, withoutId).lean<Machine[]>().exec();
  machine = (id: string): Promise<Machine | null> => this.models.machine.findOne({ id }, withoutId).lean<Machine>().exec();
  stations = (): Promise<Station[]> => this.models.station.find({}, withoutId).lean<Station[]>().exec();
  reported = (): Promise<Reported[]> => this.models.reported.find({}, withoutId).sort({ day: 1, version: 1 }).lean<Reported[]>().exec();
  retiredFields = (): Promise<Omit<RetiredField, 'field'>[]> =>
    this.models.retired
      .find({}, { ...withoutId, field: 0 })
      .lean<Omit<RetiredField, 'field'>[]>()
      .exec();
  allFields = (): AsyncIterable<Field> =>
    this.models.field.collection.find({}, { projection: withoutId, batchSize: 5000 }) as unknown as AsyncIterable<Field>;

  addDivisions = (divisions: readonly Division[]) => this.insert(this.models.division, divisions);
  addOutlines = (outlines: readonly Outline[]) => this.insert(this.models.outline, outlines);
  addPlannedAreas = (areas: readonly PlannedArea[]) => this.insert(this.models.planned, areas);
  addStations = (stations: readonly Station[]) => this.insert(this.models.station, stations);
  addMachines = (machines: readonly Machine[]) => this.insert(this.models.machine, machines);
  addAllReported = (reported: readonly Reported[]) => this.insert(this.models.reported, reported);
  addFields = (fields: readonly Field[]) => this.insert(this.models.field, fields);

  /** False when this version exists already. */
  addReported = (reported: Reported): Promise<boolean> => unlessTaken(this.insert(this.models.reported, [reported]));
  /** False when the field exists already. */
  addField = (field: Field): Promise<boolean> => unlessTaken(this.insert(this.models.field, [field]));
  addMachine = (machine: Machine): Promise<boolean> => unlessTaken(this.insert(this.models.machine, [machine]));

  /** Saves a field that was at `version`; false when somebody else changed it in between. */
  async replaceField(field: Field, version: number): Promise<boolean> {
    const result = await this.models.field.replaceOne({ id: field.id, version }, field);
    return result.matchedCount === 1;
  }

  /** Some fields are retired and others take their place, all or nothing; false when one of them was changed in between. */
  async regroup(old: readonly Field[], { retired, made }: { retired: Retirement; made: readonly Field[] }): Promise<boolean> {
    const { field, retired: past } = this.models;
    const isMade = inTransaction(this.connection, async within => {
      const session = { session: within };
      for (const { id, version } of old) {
        const { deletedCount } = await field.collection.deleteOne({ id, version }, session);
        if (deletedCount !== 1) throw new Outrun();
      }
      await past.collection.insertMany(old.map(one => ({ id: one.id, town: one.town, ...retired, field: one })) as never, session);
      await field.collection.insertMany(made.map(one => ({ ...one })) as never, session);
      return true;
    });
    return isMade.catch((error: unknown) => {
      if (error instanceof Outrun) return false;
      throw error;
    });
  }

  /** All of it or nothing, also when the program is killed in between. */
  async change(change: RegistryChange): Promise<void> {
    const puts = (Object.keys(parts) as (keyof typeof parts)[]).flatMap(name => {
      const [model, keys] = parts[name];
      const { added, replaced } = change[name] ?? { added: [], replaced: [] };
      const collection = this.models[model].collection.collectionName;
      return [...added, ...replaced].map((document): Put => ({ collection, keys, document: document as unknown as Put['document'] }));
    });
    const isLarge = puts.length > MOST_IN_TRANSACTION || change.freshFields === true;
    await (isLarge
      ? this.staged.make(puts, change.freshFields === true)
      : inTransaction(this.connection, within => this.staged.place(puts, within)));
  }

  /** At the start of the program that owns the database: a large change that was made and not brought to its end. */
  finishChange = (): Promise<void> => this.staged.finish();

  /** Empties the lists, before a season whose loading was cut off is loaded again. */
  async clear(): Promise<void> {
    for (const model of Object.values(this.models)) await (model as mongoose.Model<unknown>).deleteMany({});
  }

  async clockLine(): Promise<ClockLine | null> {
    const mark = await this.marks.findOne({ _id: 'clock' });
    return mark ? { seasonAt: mark.seasonAt!, wallAt: mark.wallAt!, speed: mark.speed! } : null;
  }
  async putClockLine(line: ClockLine): Promise<void> {
    await this.marks.replaceOne({ _id: 'clock' }, line, { upsert: true });
  }

  private async insert<T>(model: mongoose.Model<T>, documents: readonly T[]): Promise<void> {
    if (documents.length > 0) await model.collection.insertMany(documents.map(document => ({ ...document })) as never, DURABLE);
  }
}

/** Ends a transaction that comes too late. */
class Outrun extends Error {}

const DUPLICATE_KEY = 11_000;
async function unlessTaken(insert: Promise<void>): Promise<boolean> {
  try {
    await insert;
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
    throw error;
  }
}
