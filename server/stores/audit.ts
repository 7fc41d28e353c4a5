import mongoose from 'mongoose';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** One change of state: who, when, what, before, after, from where. Never changed, never removed. */
export interface AuditEvent {
  /** Season clock and wall clock: outside the demonstration they are one. */
  at: number;
  wallAt: number;
  who: { account: string | null; role: string; name: string };
  /** Address of the request; null: the program itself. */
  from: string | null;
  /** Name of the route or socket event. */
  action: string;
  /** `kind:id`, such as `field:F1`. */
  object: string;
  before: unknown;
  after: unknown;
}

const Mixed = mongoose.Schema.Types.Mixed;
const shape = {
  at: Number,
  wallAt: Number,
  who: Mixed,
  from: String,
  action: String,
  object: String,
  before: Mixed,
  after: Mixed,
} satisfies Record<keyof AuditEvent, object>;

const AT_ONCE = 1000;

export class AuditStore {
  private readonly events;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'AuditEvent', shape, { collection: 'audit', versionKey: false, minimize: false });
    this.events = model.collection as unknown as mongoose.mongo.Collection<AuditEvent>;
  }

  async prepare(): Promise<void> {
    await this.events.createIndex({ wallAt: -1, _id: -1 });
    await this.events.createIndex({ object: 1, wallAt: -1 });
  }

  /** A file may change very many records at once: in small parts, so that whoever else is served meanwhile does not wait. */
  add = async (events: readonly AuditEvent[]): Promise<void> => {
    for (let i = 0; i < events.length; i += AT_ONCE) {
      const some = events.slice(i, i + AT_ONCE).map(event => ({ ...event }));
      await this.events.insertMany(some, DURABLE);
    }
  };

  /** Newest first, from behind the place where the last page ended. */
  async page(filter: EventFilter, { limit, after }: { limit: number; after: Place | null }): Promise<StoredEvent[]> {
    const query: mongoose.mongo.Filter<AuditEvent> = { ...matching(filter), ...(after && behind(after)) };
    const found = await this.events.find(query).sort({ wallAt: -1, _id: -1 }).limit(limit).toArray();
    return found.map(({ _id, ...event }) => ({ ...event, id: _id.toHexString() }));
  }

  /** Of exactly these objects, newest first. */
  async of(objects: readonly string[], { limit, after }: { limit: number; after: Place | null }): Promise<StoredEvent[]> {
    const query: mongoose.mongo.Filter<AuditEvent> = { object: { $in: [...objects] }, ...(after && behind(after)) };
    const found = await this.events.find(query).sort({ wallAt: -1, _id: -1 }).limit(limit).toArray();
    return found.map(({ _id, ...event }) => ({ ...event, id: _id.toHexString() }));
  }

  actions = (): Promise<string[]> => this.events.distinct('action');
}

export type StoredEvent = AuditEvent & { id: string };

/** Of which events: `object` and `person` as a part of their text, `from` and `to` on the season's clock. */
export interface EventFilter {
  object?: string | undefined;
  person?: string | undefined;
  action?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
}

/** Where one page ends and the next begins. */
export interface Place {
  wallAt: number;
  id: string;
}

const part = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');

function matching({ object, person, action, from, to }: EventFilter): mongoose.mongo.Filter<AuditEvent> {
  return {
    ...(object && { object: part(object) }),
    ...(person && { 'who.name': part(person) }),
    ...(action && { action }),
    ...(from !== undefined && to !== undefined && { at: { $gte: from, $lt: to } }),
  };
}

const behind = ({ wallAt, id }: Place): mongoose.mongo.Filter<AuditEvent> => ({
  $or: [{ wallAt: { $lt: wallAt } }, { wallAt, _id: { $lt: new mongoose.mongo.ObjectId(id) } }],
});
