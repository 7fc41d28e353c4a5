import type mongoose from 'mongoose';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** Where events go, and what came of the last one. Instants are of the wall clock. */
export interface StoredWebhook {
  _id: 'webhook';
  url: string;
  isOn: boolean;
  secret: string;
  lost: number;
  lastAt: number | null;
  lastStatus: string | null;
}
/** One event that waits for its delivery. */
export interface StoredEvent {
  /** Also what the receiver knows it by. */
  id: string;
  /** Rises; events of one subject go out in its order. */
  number: number;
  event: string;
  subject: string;
  body: string;
  attempts: number;
  nextAt: number;
}

const webhookShape = {
  _id: String,
  url: String,
  isOn: Boolean,
  secret: String,
  lost: Number,
  lastAt: Number,
  lastStatus: String,
} satisfies Record<keyof StoredWebhook, object>;
const eventShape = {
  id: String,
  number: Number,
  event: String,
  subject: String,
  body: String,
  attempts: Number,
  nextAt: Number,
} satisfies Record<keyof StoredEvent, object>;

const plain = { versionKey: false, minimize: false } as const;
const withoutId = { projection: { _id: 0 } } as const;

export class WebhookStore {
  private readonly webhooks;
  private readonly events;

  constructor(connection: Connection) {
    const webhooks = modelOn(connection, 'Webhook', webhookShape, { ...plain, collection: 'webhooks' });
    this.webhooks = webhooks.collection as unknown as mongoose.mongo.Collection<StoredWebhook>;
    const events = modelOn(connection, 'WebhookEvent', eventShape, { ...plain, collection: 'webhookEvents' });
    this.events = events.collection as unknown as mongoose.mongo.Collection<StoredEvent>;
  }

  async prepare(): Promise<void> {
    await this.events.createIndex({ number: 1 }, { unique: true });
    await this.events.createIndex({ id: 1 }, { unique: true });
  }

  find = (): Promise<StoredWebhook | null> => this.webhooks.findOne({ _id: 'webhook' });
  put = async ({ _id, ...rest }: StoredWebhook): Promise<void> => {
    await this.webhooks.updateOne({ _id }, { $set: rest }, { upsert: true, ...DURABLE });
  };
  tell = async (told: Partial<Pick<StoredWebhook, 'lost' | 'lastAt' | 'lastStatus'>>): Promise<void> => {
    await this.webhooks.updateOne({ _id: 'webhook' }, { $set: told }, DURABLE);
  };

  waiting = (): Promise<StoredEvent[]> => this.events.find({}, withoutId).sort({ number: 1 }).toArray();
  add = async (events: readonly StoredEvent[]): Promise<void> => {
    const rows = events.map(event => ({ updateOne: { filter: { id: event.id }, update: { $setOnInsert: event }, upsert: true } }));
    await this.events.bulkWrite(rows, DURABLE);
  };
  later = async (id: string, { attempts, nextAt }: Pick<StoredEvent, 'attempts' | 'nextAt'>): Promise<void> => {
    await this.events.updateOne({ id }, { $set: { attempts, nextAt } }, DURABLE);
  };
  remove = async (ids: readonly string[]): Promise<void> => {
    await this.events.deleteMany({ id: { $in: [...ids] } }, DURABLE);
  };
}
