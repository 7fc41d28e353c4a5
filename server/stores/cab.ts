import type { DutySwitch } from '../../shared/routes/cab.ts';
import type { PhoneGap } from '../../shared/track-gap.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** One 上工 or 下工 of a machine, as its phone said it. */
export interface StoredDuty extends Omit<DutySwitch, 'id'> {
  /** The switch's id. */
  _id: string;
  machine: string;
  author: string;
  receivedAt: number;
}

/** That the text about positions was agreed to. */
export interface StoredConsent {
  _id: string;
  machine: string;
  author: string;
  /** Version of the text. */
  text: number;
  at: number;
}

/** A time on duty without a position, as the phone said it. */
export interface StoredGap extends Omit<PhoneGap, 'id'> {
  _id: string;
  machine: string;
  receivedAt: number;
}

/** More than a machine has in eight days, unless its phone is broken. */
const MOST_GAPS = 500;

const dutyShape = {
  _id: String,
  machine: String,
  on: Boolean,
  at: Number,
  author: String,
  receivedAt: Number,
} satisfies Record<keyof StoredDuty, object>;
const consentShape = { _id: String, machine: String, author: String, text: Number, at: Number } satisfies Record<
  keyof StoredConsent,
  object
>;

const gapShape = { _id: String, machine: String, from: Number, to: Number, cause: String, receivedAt: Number } satisfies Record<
  keyof StoredGap,
  object
>;

const plain = { versionKey: false, minimize: false } as const;

export class CabStore {
  private readonly duties;
  private readonly consents;
  private readonly gaps;

  constructor(connection: Connection) {
    this.duties = modelOn<StoredDuty>(connection, 'Duty', dutyShape, { ...plain, collection: 'duties' });
    this.consents = modelOn<StoredConsent>(connection, 'Consent', consentShape, { ...plain, collection: 'consents' });
    this.gaps = modelOn<StoredGap>(connection, 'Gap', gapShape, { ...plain, collection: 'phonegaps' });
  }

  async prepare(): Promise<void> {
    await this.duties.collection.createIndex({ machine: 1, at: -1 });
    await this.consents.collection.createIndex({ machine: 1, at: -1 });
    await this.gaps.collection.createIndex({ machine: 1, to: 1 });
  }

  duty = (id: string): Promise<StoredDuty | null> => this.duties.findById(id).lean<StoredDuty>().exec();
  consent = (id: string): Promise<StoredConsent | null> => this.consents.findById(id).lean<StoredConsent>().exec();

  /** The latest switch of every machine. */
  latestDuties = (): Promise<StoredDuty[]> =>
    this.duties
      .aggregate([
        { $sort: { machine: 1, at: -1 } },
        { $group: { _id: '$machine', last: { $first: '$$ROOT' } } },
        { $replaceRoot: { newRoot: '$last' } },
      ])
      .exec();

  /** All switches of a machine, the oldest first. */
  dutiesOf = (machine: string): Promise<StoredDuty[]> => this.duties.find({ machine }).sort({ at: 1 }).lean<StoredDuty[]>().exec();

  latestConsent = (machine: string): Promise<StoredConsent | null> =>
    this.consents.findOne({ machine }).sort({ at: -1 }).lean<StoredConsent>().exec();

  /** The newest of those that reach into the span, by their end. */
  async gapsOf(machine: string, from: number, to: number): Promise<StoredGap[]> {
    const reaching = { machine, to: { $gt: from }, from: { $lt: to } };
    const found = await this.gaps.find(reaching).sort({ to: -1 }).limit(MOST_GAPS).lean<StoredGap[]>().exec();
    return found.reverse();
  }

  /** The switches in the span and the last one before it, in order. */
  async dutiesWithin(machine: string, from: number, to: number): Promise<StoredDuty[]> {
    const before = await this.duties
      .findOne({ machine, at: { $lte: from } })
      .sort({ at: -1 })
      .lean<StoredDuty>()
      .exec();
    const inside = await this.duties
      .find({ machine, at: { $gt: from, $lt: to } })
      .sort({ at: 1 })
      .lean<StoredDuty[]>()
      .exec();
    return before ? [before, ...inside] : inside;
  }

  /** False when it is there already. */
  addDuty = (duty: StoredDuty): Promise<boolean> => unlessThere(this.duties.collection.insertOne(duty as never, DURABLE));
  addGap = (gap: StoredGap): Promise<boolean> => unlessThere(this.gaps.collection.insertOne(gap as never, DURABLE));
  addConsent = (consent: StoredConsent): Promise<boolean> => unlessThere(this.consents.collection.insertOne(consent as never, DURABLE));
}

const DUPLICATE_KEY = 11_000;
async function unlessThere(insert: Promise<unknown>): Promise<boolean> {
  try {
    await insert;
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
    throw error;
  }
}
