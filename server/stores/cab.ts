import type { DutySwitch } from '../../shared/routes/cab.ts';
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

const plain = { versionKey: false, minimize: false } as const;

export class CabStore {
  private readonly duties;
  private readonly consents;

  constructor(connection: Connection) {
    this.duties = modelOn<StoredDuty>(connection, 'Duty', dutyShape, { ...plain, collection: 'duties' });
    this.consents = modelOn<StoredConsent>(connection, 'Consent', consentShape, { ...plain, collection: 'consents' });
  }

  async prepare(): Promise<void> {
    await this.duties.collection.createIndex({ machine: 1, at: -1 });
    await this.consents.collection.createIndex({ machine: 1, at: -1 });
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

  /** False when it is there already. */
  addDuty = (duty: StoredDuty): Promise<boolean> => unlessThere(this.duties.collection.insertOne(duty as never, DURABLE));
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
