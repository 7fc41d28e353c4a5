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

export class AuditStore {
  private readonly events;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'AuditEvent', shape, { collection: 'audit', versionKey: false, minimize: false });
    this.events = model.collection as unknown as mongoose.mongo.Collection<AuditEvent>;
  }

  async prepare(): Promise<void> {
    await this.events.createIndex({ wallAt: -1 });
    await this.events.createIndex({ object: 1, wallAt: -1 });
  }

  add = async (events: readonly AuditEvent[]): Promise<void> => {
    if (events.length > 0)
      await this.events.insertMany(
        events.map(event => ({ ...event })),
        DURABLE,
      );
  };
}
