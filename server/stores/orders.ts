import mongoose from 'mongoose';
import type { OrderAct, WorkOrder } from '../../shared/work-order.ts';
import { type Connection, DURABLE, inTransaction, modelOn, type Within } from './connection.ts';
import type { StoredRequest } from './requests.ts';

/** An order as stored: of which season, what its machine had covered there before it, and the answers that it had. */
export interface StoredOrder extends WorkOrder {
  year: number;
  baseMu: number;
  answers: { id: string; act: OrderAct; at: number }[];
}

/** Which order a machine was given last: whoever gives it another one must have seen this. */
export interface Assignment {
  machine: string;
  version: number;
  what: 'offered' | 'declined';
  by: string;
  at: number;
}

/** Somebody was quicker with this machine or request: nothing was stored. */
export class Outrun extends Error {
  constructor(
    readonly what: 'machine' | 'request',
    readonly id: string,
  ) {
    super(`${what} ${id} is not as it was`);
  }
}

const Mixed = mongoose.Schema.Types.Mixed;
const orderShape = {
  id: String,
  kind: String,
  request: String,
  machine: String,
  operation: String,
  division: String,
  placeName: String,
  lngLat: Mixed,
  fields: Mixed,
  areaMu: Number,
  pricePerMu: Number,
  from: Number,
  to: Number,
  contactName: String,
  contactPhone: String,
  note: String,
  km: Number,
  travelH: Number,
  sequence: Number,
  state: String,
  times: Mixed,
  seen: Mixed,
  seenStates: Mixed,
  declineReason: String,
  reason: String,
  doneMu: Number,
  advice: String,
  author: String,
  version: Number,
  year: Number,
  baseMu: Number,
  answers: Mixed,
} satisfies Record<keyof StoredOrder, object>;
const assignmentShape = { machine: String, version: Number, what: String, by: String, at: Number } satisfies Record<
  keyof Assignment,
  object
>;

const DUPLICATE_KEY = 11_000;
const withoutId = { projection: { _id: 0 } } as const;
const plain = { versionKey: false, minimize: false } as const;

export class OrderStore {
  private readonly orders;
  private readonly assignments;
  private readonly requests;

  constructor(private readonly connection: Connection) {
    const order = modelOn(connection, 'Order', orderShape, { collection: 'orders', ...plain });
    this.orders = order.collection as unknown as mongoose.mongo.Collection<StoredOrder>;
    const assignment = modelOn(connection, 'Assignment', assignmentShape, { collection: 'assignments', ...plain });
    this.assignments = assignment.collection as unknown as mongoose.mongo.Collection<Assignment>;
    this.requests = connection.collection<StoredRequest>('requests');
  }

  async prepare(): Promise<void> {
    await this.orders.createIndex({ id: 1 }, { unique: true });
    await this.orders.createIndex({ year: 1 });
    await this.assignments.createIndex({ machine: 1 }, { unique: true });
  }

  ofYear = (year: number): Promise<StoredOrder[]> => this.orders.find({ year }, withoutId).toArray();
  allAssignments = (): Promise<Assignment[]> => this.assignments.find({}, withoutId).toArray();

  /**
   * All or nothing: each machine's assignment and each request must be as they are given here, from the version before, or `Outrun` is thrown.
   */
  give(given: { orders: readonly StoredOrder[]; assignments: readonly Assignment[]; requests: readonly StoredRequest[] }): Promise<void> {
    return inTransaction(this.connection, async within => {
      for (const assignment of given.assignments) await this.claim(assignment, within);
      for (const { id, given: count } of given.requests) {
        const claimed = await this.requests.updateOne(
          { id, given: count - 1, cancelled: null },
          { $set: { given: count } },
          { session: within },
        );
        if (claimed.matchedCount === 0) throw new Outrun('request', id);
      }
      await this.orders.insertMany(
        given.orders.map(order => ({ ...order })),
        { session: within },
      );
    });
  }

  /** Puts orders in the place of those at the version before, and what goes with them; all of it, or `false` and nothing. */
  async replace(orders: readonly StoredOrder[], along: { assignment?: Assignment; request?: StoredRequest } = {}): Promise<boolean> {
    try {
      await inTransaction(this.connection, async within => {
        for (const order of orders) {
          const replaced = await this.orders.replaceOne({ id: order.id, version: order.version - 1 }, { ...order }, { session: within });
          if (replaced.matchedCount === 0) throw new Outrun('machine', order.machine);
        }
        if (along.assignment) await this.claim(along.assignment, within);
        if (along.request) await this.cancel(along.request, within);
      });
      return true;
    } catch (error) {
      if (error instanceof Outrun) return false;
      throw error;
    }
  }

  /** One order alone needs no transaction. */
  async replaceOne(order: StoredOrder): Promise<boolean> {
    const replaced = await this.orders.replaceOne({ id: order.id, version: order.version - 1 }, { ...order }, DURABLE);
    return replaced.matchedCount === 1;
  }

  private async cancel({ id, version, cancelled }: StoredRequest, within: Within): Promise<void> {
    const changed = await this.requests.updateOne({ id, version: version - 1 }, { $set: { version, cancelled } }, { session: within });
    if (changed.matchedCount === 0) throw new Outrun('request', id);
  }

  /** A machine's first assignment is made with it. */
  private async claim(assignment: Assignment, within: Within): Promise<void> {
    const { machine, version } = assignment;
    try {
      const claimed = await this.assignments.updateOne(
        { machine, version: version - 1 },
        { $set: { ...assignment } },
        { session: within, upsert: version === 1 },
      );
      if (claimed.matchedCount + claimed.upsertedCount === 0) throw new Outrun('machine', machine);
    } catch (error) {
      if ((error as { code?: number }).code === DUPLICATE_KEY) throw new Outrun('machine', machine);
      throw error;
    }
  }
}
