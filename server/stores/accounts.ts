import type mongoose from 'mongoose';
import type { PersonRole } from '../../shared/person-role.ts';
import { type Connection, DURABLE, modelOn, type Within } from './connection.ts';

export interface Account {
  id: string;
  /** What the person types; null: an operator, whose phone is enrolled and signs in by itself. */
  login: string | null;
  /** The login as it is compared: one account each. */
  loginKey: string | null;
  name: string;
  role: PersonRole;
  division: string | null;
  station: string | null;
  machine: string | null;
  /** argon2id; null: no password opens it. */
  passwordHash: string | null;
  disabledAt: number | null;
  /** Sessions and device tokens carry the number they were given at; another one here ends them all at once. */
  sessionEpoch: number;
  deviceEpoch: number;
  lastSeenAt: number | null;
  createdAt: number;
  version: number;
}

const shape = {
  id: String,
  login: String,
  loginKey: String,
  name: String,
  role: String,
  division: String,
  station: String,
  machine: String,
  passwordHash: String,
  disabledAt: Number,
  sessionEpoch: Number,
  deviceEpoch: Number,
  lastSeenAt: Number,
  createdAt: Number,
  version: Number,
} satisfies Record<keyof Account, object>;

export class AccountStore {
  private readonly accounts;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Account', shape, { collection: 'accounts', versionKey: false, minimize: false });
    this.accounts = model.collection as unknown as mongoose.mongo.Collection<Account>;
  }

  async prepare(): Promise<void> {
    await this.accounts.createIndex({ id: 1 }, { unique: true });
    await this.accounts.createIndex({ loginKey: 1 }, { unique: true, partialFilterExpression: { loginKey: { $type: 'string' } } });
  }

  all = (): Promise<Account[]> => this.accounts.find({}, { projection: { _id: 0 } }).toArray();

  add = async (account: Account, within: Within): Promise<void> => {
    await this.accounts.insertOne({ ...account }, { session: within });
  };

  /** Saves an account that was at the version before; false when somebody else changed it in between. */
  async replace(account: Account, within?: Within): Promise<boolean> {
    const before = { id: account.id, version: account.version - 1 };
    const result = await this.accounts.replaceOne(before, { ...account }, within ? { session: within } : DURABLE);
    return result.matchedCount === 1;
  }

  seen = async (id: string, at: number): Promise<void> => {
    await this.accounts.updateOne({ id }, { $max: { lastSeenAt: at } });
  };
}
