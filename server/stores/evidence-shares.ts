import mongoose from 'mongoose';
import type { EvidenceShare } from '../../shared/evidence.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** A link to one sheet; of its token only the hash. */
export type StoredShare = EvidenceShare & { hash: string };

const shape = {
  id: String,
  field: String,
  operation: String,
  year: Number,
  createdAt: Number,
  expiresAt: Number,
  author: String,
  revoked: mongoose.Schema.Types.Mixed,
  hash: String,
} satisfies Record<keyof StoredShare, object>;
const withoutId = { projection: { _id: 0 } } as const;

export class EvidenceShareStore {
  private readonly shares;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'EvidenceShare', shape, { collection: 'evidenceShares', versionKey: false, minimize: false });
    this.shares = model.collection as unknown as mongoose.mongo.Collection<StoredShare>;
  }

  async prepare(): Promise<void> {
    await this.shares.createIndex({ id: 1 }, { unique: true });
    await this.shares.createIndex({ hash: 1 }, { unique: true });
    await this.shares.createIndex({ field: 1, operation: 1 });
  }

  add = async (share: StoredShare): Promise<void> => {
    await this.shares.insertOne({ ...share }, DURABLE);
  };
  of = (wanted: Pick<StoredShare, 'field' | 'operation' | 'year'>): Promise<StoredShare[]> =>
    this.shares.find(wanted, withoutId).sort({ createdAt: -1 }).toArray();
  one = (id: string): Promise<StoredShare | null> => this.shares.findOne({ id }, withoutId);
  byHash = (hash: string): Promise<StoredShare | null> => this.shares.findOne({ hash }, withoutId);
  revoke = async (id: string, revoked: EvidenceShare['revoked']): Promise<void> => {
    await this.shares.updateOne({ id, revoked: null }, { $set: { revoked } }, DURABLE);
  };
}
