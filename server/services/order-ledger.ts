import { Refusal } from '../../shared/reply.ts';
import { isLive } from '../domain/work-order/request-state.ts';
import type { Assignment, OrderStore, StoredOrder } from '../stores/orders.ts';
import type { RequestStore, StoredRequest } from '../stores/requests.ts';
import type { Registry } from './registry.ts';

/** What was saved together. */
export interface Entry {
  orders?: readonly StoredOrder[];
  requests?: readonly StoredRequest[];
  assignments?: readonly Assignment[];
}

/** Requests and orders of the season, held in memory. They change one after the other: what is held is never older than what is stored. */
export class OrderLedger {
  readonly requests = new Map<string, StoredRequest>();
  readonly orders = new Map<string, StoredOrder>();
  private readonly assignments = new Map<string, Assignment>();
  private readonly byRequest = new Map<string, Set<string>>();
  private readonly live = new Map<string, Set<string>>();
  private lane: Promise<unknown> = Promise.resolve();
  private isUnsure = false;
  /** Told after it was saved. */
  onChange: (entry: Entry) => void = () => undefined;

  constructor(private readonly deps: { requests: RequestStore; orders: OrderStore; registry: Registry }) {}

  async load(): Promise<void> {
    const year = this.deps.registry.season?.year;
    if (year === undefined) return;
    const [requests, orders, assignments] = await Promise.all([
      this.deps.requests.ofYear(year),
      this.deps.orders.ofYear(year),
      this.deps.orders.allAssignments(),
    ]);
    for (const held of [this.requests, this.orders, this.assignments, this.byRequest, this.live]) held.clear();
    this.hold({ requests, orders, assignments });
    this.isUnsure = false;
  }

  /** Work that reads and then saves. After a write whose end is not known, what is stored is read again first. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lane.then(async () => {
      if (this.isUnsure) await this.load();
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Refusal)) this.isUnsure = true;
        throw error;
      }
    });
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  /** What is stored is not what is held: somebody else writes. */
  mistrust(): void {
    this.isUnsure = true;
  }

  /** After it was saved. */
  enter(entry: Entry): void {
    this.hold(entry);
    this.onChange(entry);
  }

  ordersOf = (request: string): StoredOrder[] => [...(this.byRequest.get(request) ?? [])].map(id => this.orders.get(id)!);

  /** What a machine has before it, in its order. */
  liveOf = (machine: string): StoredOrder[] =>
    [...(this.live.get(machine) ?? [])].map(id => this.orders.get(id)!).sort((a, b) => a.sequence - b.sequence);

  *liveOrders(): Generator<StoredOrder> {
    for (const ids of this.live.values()) for (const id of ids) yield this.orders.get(id)!;
  }

  assignmentOf = (machine: string): Assignment | null => this.assignments.get(machine) ?? null;
  versionOf = (machine: string): number => this.assignments.get(machine)?.version ?? 0;

  private hold({ orders = [], requests = [], assignments = [] }: Entry): void {
    for (const request of requests) this.requests.set(request.id, request);
    for (const assignment of assignments) this.assignments.set(assignment.machine, assignment);
    for (const order of orders) {
      this.orders.set(order.id, order);
      if (order.request !== null) addTo(this.byRequest, order.request, order.id);
      if (isLive(order.state)) addTo(this.live, order.machine, order.id);
      else this.live.get(order.machine)?.delete(order.id);
    }
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, id: string): void {
  const set = sets.get(key);
  if (set) set.add(id);
  else sets.set(key, new Set([id]));
}
