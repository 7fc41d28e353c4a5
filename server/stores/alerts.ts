import mongoose from 'mongoose';
import type { Alert, AlertRule, AlertRuleSetting } from '../../shared/alert.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

export interface StoredAlert extends Alert {
  /** Of the season. */
  year: number;
  /** The unit and all above it. */
  units: string[];
  /** As long as it is true there is no other for the same rule and subject. */
  isOpen: boolean;
}
export interface StoredLimit extends Pick<AlertRuleSetting, 'rule' | 'isOn' | 'limit' | 'escalateMin'> {
  year: number;
}

const Mixed = mongoose.Schema.Types.Mixed;
const alertShape = {
  id: String,
  rule: String,
  subject: String,
  subjectName: String,
  division: String,
  lngLat: Mixed,
  values: Mixed,
  since: Number,
  lastAt: Number,
  level: Number,
  acknowledged: Mixed,
  endedAt: Number,
  year: Number,
  units: Mixed,
  isOpen: Boolean,
} satisfies Record<keyof StoredAlert, object>;
const limitShape = { rule: String, isOn: Boolean, limit: Number, escalateMin: Number, year: Number } satisfies Record<
  keyof StoredLimit,
  object
>;

const DUPLICATE_KEY = 11_000;
const plain = { versionKey: false, minimize: false } as const;
const withoutId = { projection: { _id: 0 } } as const;
const changed = { ...withoutId, returnDocument: 'after', ...DURABLE } as const;

export class AlertStore {
  private readonly alerts;
  private readonly limits;

  constructor(connection: Connection) {
    const alerts = modelOn(connection, 'Alert', alertShape, { ...plain, collection: 'alerts' });
    this.alerts = alerts.collection as unknown as mongoose.mongo.Collection<StoredAlert>;
    const limits = modelOn(connection, 'AlertLimit', limitShape, { ...plain, collection: 'alertLimits' });
    this.limits = limits.collection as unknown as mongoose.mongo.Collection<StoredLimit>;
  }

  async prepare(): Promise<void> {
    await this.alerts.createIndex({ id: 1 }, { unique: true });
    await this.alerts.createIndex({ rule: 1, subject: 1 }, { unique: true, partialFilterExpression: { isOpen: true } });
    await this.alerts.createIndex({ units: 1, isOpen: 1, endedAt: -1 });
    await this.limits.createIndex({ year: 1, rule: 1 }, { unique: true });
  }

  open = (): Promise<StoredAlert[]> => this.alerts.find({ isOpen: true }, withoutId).toArray();
  find = (id: string): Promise<StoredAlert | null> => this.alerts.findOne({ id }, withoutId);
  ended = (unit: string, year: number, most: number): Promise<StoredAlert[]> =>
    this.alerts.find({ units: unit, isOpen: false, year }, withoutId).sort({ endedAt: -1, id: 1 }).limit(most).toArray();

  /** As it is stored now: one that was raised before, and of which the answer was lost, is the one there is. */
  async raise(alert: StoredAlert): Promise<StoredAlert> {
    try {
      await this.alerts.insertOne({ ...alert }, DURABLE);
      return alert;
    } catch (error) {
      if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
      return (await this.alerts.findOne({ rule: alert.rule, subject: alert.subject, isOpen: true }, withoutId)) ?? alert;
    }
  }

  escalate = (id: string, now: Partial<StoredAlert>): Promise<StoredAlert | null> =>
    this.alerts.findOneAndUpdate({ id, isOpen: true }, { $set: { ...now, level: 2 } }, changed);
  end = (id: string, now: Partial<StoredAlert>): Promise<StoredAlert | null> =>
    this.alerts.findOneAndUpdate({ id, isOpen: true }, { $set: { ...now, isOpen: false } }, changed);
  /** Null when somebody was quicker. */
  acknowledge = (id: string, acknowledged: StoredAlert['acknowledged']): Promise<StoredAlert | null> =>
    this.alerts.findOneAndUpdate({ id, acknowledged: null }, { $set: { acknowledged } }, changed);

  limitsOf = (year: number): Promise<StoredLimit[]> => this.limits.find({ year }, withoutId).toArray();
  putLimit = async (year: number, rule: AlertRule, limit: Omit<StoredLimit, 'year' | 'rule'>): Promise<void> => {
    await this.limits.updateOne({ year, rule }, { $set: limit }, { upsert: true, ...DURABLE });
  };
}
