import type mongoose from 'mongoose';
import type { PersonRole } from '../../shared/person-role.ts';
import { type Connection, DURABLE, inTransaction, modelOn, type Within } from './connection.ts';

/** A one-time right to an account. Only the hash of its code is stored. */
export interface Invitation {
  /** sha256 of the code, hex. */
  _id: string;
  /** Names it in lists; tells nothing of the code. */
  id: string;
  /** Made by the program at its start, for a database without an administrator. */
  first: boolean;
  name: string;
  role: PersonRole;
  division: string | null;
  station: string | null;
  machine: string | null;
  /** The account that it sets anew; null: it makes one. */
  account: string | null;
  createdAt: number;
  createdBy: string;
  expiresAt: number;
  usedAt: number | null;
  revokedAt: number | null;
}

const shape = {
  _id: String,
  id: String,
  first: Boolean,
  name: String,
  role: String,
  division: String,
  station: String,
  machine: String,
  account: String,
  createdAt: Number,
  createdBy: String,
  expiresAt: Number,
  usedAt: Number,
  revokedAt: Number,
} satisfies Record<keyof Invitation, object>;

/** Neither taken up nor withdrawn. */
const open = { usedAt: null, revokedAt: null } as const;

export class InvitationStore {
  private readonly invitations;

  constructor(private readonly connection: Connection) {
    const model = modelOn(connection, 'Invitation', shape, { collection: 'invitations', versionKey: false, minimize: false });
    this.invitations = model.collection as unknown as mongoose.mongo.Collection<Invitation>;
  }

  async prepare(): Promise<void> {
    await this.invitations.createIndex({ id: 1 }, { unique: true });
  }

  find = (hash: string): Promise<Invitation | null> => this.invitations.findOne({ _id: hash });
  open = (now: number): Promise<Invitation[]> =>
    this.invitations
      .find({ ...open, expiresAt: { $gt: now } })
      .sort({ createdAt: -1 })
      .toArray();

  add = async (invitation: Invitation): Promise<void> => {
    await this.invitations.insertOne(invitation, DURABLE);
  };

  /** All of them, and those that they replace withdrawn, or nothing. */
  addAll = (invitations: readonly Invitation[], replaced: readonly string[], now: number): Promise<void> =>
    inTransaction(this.connection, async session => {
      if (replaced.length > 0)
        await this.invitations.updateMany({ id: { $in: [...replaced] }, ...open }, { $set: { revokedAt: now } }, { session });
      await this.invitations.insertMany([...invitations], { session });
    });

  /** Withdraws one that is open; null when there is none. */
  revoke = (id: string, now: number): Promise<Invitation | null> =>
    this.invitations.findOneAndUpdate({ id, ...open }, { $set: { revokedAt: now } }, DURABLE);

  /** Withdraws all that are open for this account, or all for the first administrator. */
  revokeAll = async (which: { account: string } | { first: true }, now: number): Promise<void> => {
    await this.invitations.updateMany({ ...which, ...open }, { $set: { revokedAt: now } }, DURABLE);
  };

  /** Marks it as used and does the work, both or neither; false when it was not open any more, and nothing was done. */
  takeUp(hash: string, now: number, work: (within: Within) => Promise<void>): Promise<boolean> {
    return inTransaction(this.connection, async within => {
      const claim = { _id: hash, ...open, expiresAt: { $gt: now } };
      const taken = await this.invitations.updateOne(claim, { $set: { usedAt: now } }, { session: within });
      if (taken.matchedCount === 0) return false;
      await work(within);
      return true;
    });
  }
}
