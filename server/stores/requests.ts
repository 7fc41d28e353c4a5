import mongoose from 'mongoose';
import type { WorkRequest } from '../../shared/work-order.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';
import type { Puts } from './registry.ts';
import { StagedChange } from './staged-change.ts';

/** A request as stored: of which season, and a counter that rises with every order given out for it. */
export interface StoredRequest extends WorkRequest {
  year: number;
  given: number;
}

const Mixed = mongoose.Schema.Types.Mixed;
const shape = {
  id: String,
  source: String,
  operation: String,
  division: String,
  village: String,
  contactName: String,
  contactPhone: String,
  fields: Mixed,
  areaMu: Number,
  lngLat: Mixed,
  crop: String,
  from: Number,
  to: Number,
  pricePerMu: Number,
  trackedOnly: Boolean,
  leastWidthM: Number,
  mostWidthM: Number,
  note: String,
  contract: String,
  at: Number,
  author: String,
  cancelled: Mixed,
  version: Number,
  year: Number,
  given: Number,
} satisfies Record<keyof StoredRequest, object>;

const REQUESTS = 'requests';
const withoutId = { projection: { _id: 0 } } as const;

export class RequestStore {
  private readonly requests;
  private readonly staged;

  constructor(connection: Connection) {
    this.staged = new StagedChange(connection);
    const model = modelOn(connection, 'Request', shape, { collection: REQUESTS, versionKey: false, minimize: false });
    this.requests = model.collection as unknown as mongoose.mongo.Collection<StoredRequest>;
  }

  async prepare(): Promise<void> {
    await this.requests.createIndex({ id: 1 }, { unique: true });
    await this.requests.createIndex({ year: 1 });
  }

  ofYear = (year: number): Promise<StoredRequest[]> => this.requests.find({ year }, withoutId).toArray();

  async add(request: StoredRequest): Promise<void> {
    await this.requests.insertOne({ ...request }, DURABLE);
  }

  /** All or none, however many. */
  async takeAll({ added, replaced }: Puts<StoredRequest>): Promise<void> {
    const puts = [...added, ...replaced].map(request => ({ collection: REQUESTS, keys: ['id'], document: { ...request } }));
    if (puts.length > 0) await this.staged.make(puts, false);
  }

  /** Puts it in the place of the one at the version before; false when somebody else changed that in between. */
  async replace(request: StoredRequest): Promise<boolean> {
    const { id, version, given: _, ...rest } = request;
    const changed = await this.requests.updateOne({ id, version: version - 1 }, { $set: { ...rest, version } }, DURABLE);
    return changed.matchedCount === 1;
  }
}
