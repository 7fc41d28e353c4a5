import mongoose from 'mongoose';
import type { Actor } from '../../shared/permissions.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** A bearer's right: a session cookie of a page, or the token of a device or script. Only the hash of the secret is stored. */
export interface Credential {
  /** sha256 of the secret, hex. */
  _id: string;
  kind: 'session' | 'token';
  /** Of a session with an account only `actor.account` counts: what it may is the account's, and looked up. */
  actor: Actor;
  /** The account's number at the time (see `Account`); 0 without an account. */
  epoch: number;
  createdAt: number;
  /** Wall clock, epoch ms; null: until revoked. */
  expiresAt: number | null;
}

const Mixed = mongoose.Schema.Types.Mixed;
const shape = { _id: String, kind: String, actor: Mixed, epoch: Number, createdAt: Number, expiresAt: Number } satisfies Record<
  keyof Credential,
  object
>;

export class CredentialStore {
  private readonly credentials;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Credential', shape, { collection: 'credentials', versionKey: false, minimize: false });
    this.credentials = model.collection as unknown as mongoose.mongo.Collection<Credential>;
  }

  add = async (credential: Credential): Promise<void> => {
    await this.credentials.insertOne(credential, DURABLE);
  };
  addMany = async (credentials: Credential[]): Promise<void> => {
    await this.credentials.insertMany(credentials, { ordered: false, ...DURABLE });
  };
  find = (hash: string): Promise<Credential | null> => this.credentials.findOne({ _id: hash });
  remove = async (hash: string): Promise<void> => {
    await this.credentials.deleteOne({ _id: hash }, DURABLE);
  };
  /** The sessions of an account, and its devices' tokens if asked. */
  removeOf = async (account: string, devices: boolean): Promise<void> => {
    await this.credentials.deleteMany({ 'actor.account': account, ...(!devices && { kind: 'session' }) }, DURABLE);
  };
  removeExpired = async (now: number): Promise<void> => {
    await this.credentials.deleteMany({ expiresAt: { $ne: null, $lte: now } });
  };
}
