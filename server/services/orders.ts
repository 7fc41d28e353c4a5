import { DateTime } from 'luxon';
import { Refusal } from '../../shared/reply.ts';
import { ZONE } from '../../shared/season.ts';
import {
  liveOrderStates,
  type OrderAnswer,
  type OrderConflict,
  type OrderState,
  orderStates,
  type WorkOrder,
  type WorkOrderShown,
} from '../../shared/work-order.ts';
import { answered } from '../domain/work-order/answer.ts';
import { isLive } from '../domain/work-order/request-state.ts';
import type { Assignment, OrderStore, StoredOrder } from '../stores/orders.ts';
import type { AgreedMu } from './agreed-mu.ts';
import type { OrderGround } from './order-ground.ts';
import type { OrderLedger } from './order-ledger.ts';
import type { Registry } from './registry.ts';
import { changedMeanwhile, withdrawn } from './requests.ts';

const A_PAGE = 100;

/** Both are the same when nothing changed; `before` is null when it is new. */
export interface OrderChange {
  before: StoredOrder | null;
  after: StoredOrder;
}

export interface OrderQuery {
  division?: string | undefined;
  machine?: string | undefined;
  request?: string | undefined;
  state: OrderState | 'live' | 'all';
  q: string;
  from: number;
}

/** Orders from the time they are out to their end. */
export class Orders {
  constructor(
    private readonly deps: {
      ledger: OrderLedger;
      store: OrderStore;
      registry: Registry;
      ground: OrderGround;
      agreed: AgreedMu;
      now: () => number;
    },
  ) {}

  find(id: string): StoredOrder {
    const order = this.deps.ledger.orders.get(id);
    if (!order) throw new Refusal('notFound', `there is no order ${id}`);
    return order;
  }

  /** Every unit that it concerns: where the work is, where the machine belongs, and all above. */
  unitsOf({ division, machine }: Pick<WorkOrder, 'division' | 'machine'>): string[] {
    const { registry } = this.deps;
    const home = registry.machines.get(machine)?.division;
    return [...new Set([...registry.chain(division), ...(home ? registry.chain(home) : [])])];
  }

  /** From the operator's phone, or from somebody whom he told by telephone. The same answer again changes nothing. */
  answer(answer: OrderAnswer): Promise<OrderChange> {
    return this.deps.ledger.inTurn(async () => {
      const before = this.find(answer.order);
      if (before.answers.some(one => one.id === answer.id)) return { before, after: before };
      const now = this.deps.now();
      const result = answered(before, answer, now);
      if ('conflict' in result) throw this.conflictOf(result.conflict, before);
      if (Object.keys(result.changes).length === 0) return { before, after: before };
      const answers = [...before.answers, { id: answer.id, act: answer.act, at: answer.at }];
      const after = this.ended({ ...before, ...result.changes, answers, version: before.version + 1 });
      return this.save(before, after, after.state === 'declined' ? this.declinedBy(after, now) : undefined);
    });
  }

  withdraw(id: string, { version, reason }: { version: number; reason: string }): Promise<OrderChange> {
    return this.deps.ledger.inTurn(async () => {
      const before = this.find(id);
      if (before.state === 'withdrawn' && before.reason === reason) return { before, after: before };
      if (!isLive(before.state)) throw this.conflictOf('ended', before);
      if (before.version !== version) throw changedMeanwhile(before.version);
      return this.save(before, withdrawn(before, { at: this.deps.now(), reason }));
    });
  }

  settle(id: string, { version, ...agreed }: { version: number; doneMu: number; pricePerMu: number }): Promise<OrderChange> {
    return this.deps.ledger.inTurn(async () => {
      const before = this.find(id);
      const isSame = before.doneMu === agreed.doneMu && before.pricePerMu === agreed.pricePerMu;
      if (before.state === 'settled' && isSame) return { before, after: before };
      if (before.state !== 'done') throw new Refusal('conflict', `state: it is ${before.state}; only what is done can be settled`);
      if (before.version !== version) throw changedMeanwhile(before.version);
      const times = { ...before.times, settled: this.deps.now() };
      return this.save(before, { ...before, ...agreed, state: 'settled', times, version: version + 1 });
    });
  }

  /** What was seen of it; null: it has changed meanwhile. */
  see(id: string, seeing: (order: StoredOrder) => Partial<WorkOrder>): Promise<OrderChange | null> {
    return this.deps.ledger.inTurn(async () => {
      const before = this.deps.ledger.orders.get(id);
      if (!before || !isLive(before.state)) return null;
      const changes = seeing(before);
      if (Object.keys(changes).length === 0) return null;
      return this.save(before, this.ended({ ...before, ...changes, version: before.version + 1 }));
    });
  }

  list({ division, machine, request, state, q, from }: OrderQuery) {
    const counts = Object.fromEntries(orderStates.map(one => [one, 0])) as Record<OrderState, number>;
    const words = q.toLowerCase();
    const found: StoredOrder[] = [];
    for (const order of this.deps.ledger.orders.values()) {
      if (request !== undefined && order.request !== request) continue;
      if (machine !== undefined && order.machine !== machine) continue;
      if (division !== undefined && !this.unitsOf(order).includes(division)) continue;
      if (words !== '' && !this.textsOf(order).some(text => text.toLowerCase().includes(words))) continue;
      counts[order.state]++;
      if (state === 'all' || order.state === state || (state === 'live' && isLive(order.state))) found.push(order);
    }
    found.sort((a, b) => rankOf(a.state) - rankOf(b.state) || sinceOf(b) - sinceOf(a) || (a.id < b.id ? -1 : 1));
    return { asOf: this.deps.now(), total: found.length, counts, orders: found.slice(from, from + A_PAGE).map(this.shown) };
  }

  /** Live ones in their order, and those that ended since, the latest first. */
  ofMachine(machine: string, endedSince: number): StoredOrder[] {
    const ended = [...this.deps.ledger.orders.values()].filter(
      order => order.machine === machine && !isLive(order.state) && sinceOf(order) >= endedSince,
    );
    return [...this.deps.ledger.liveOf(machine), ...ended.sort((a, b) => sinceOf(b) - sinceOf(a))];
  }

  shown = (order: StoredOrder): WorkOrderShown => {
    const { registry, ledger, ground, agreed } = this.deps;
    const { year: _, baseMu, answers: __, ...plain } = order;
    const machine = registry.machines.get(order.machine);
    // A number that was corrected since is the one to call.
    const request = order.request === null ? undefined : ledger.requests.get(order.request);
    const isMeasured = order.kind === 'work' && (order.state === 'working' || order.state === 'done');
    return {
      ...plain,
      ...(request && { contactName: request.contactName, contactPhone: request.contactPhone }),
      plate: machine?.plate ?? order.machine,
      operatorName: machine?.operatorName ?? '',
      divisionName: registry.divisions.get(order.division)?.name ?? order.division,
      countyName: this.countyAround(order.division),
      measuredMu: isMeasured ? inTenths(ground.coveredMu(order) - baseMu) : null,
      objected: order.kind === 'work' && order.state === 'done' ? agreed.of(order) : null,
    };
  };

  private countyAround(division: string): string {
    const { registry } = this.deps;
    const county = registry.chain(division).find(code => code !== division && registry.divisions.get(code)?.level === 'county');
    return county === undefined ? '' : (registry.divisions.get(county)?.name ?? '');
  }

  conflictOf(code: OrderConflict, { machine, reason, state, times, request }: StoredOrder): Refusal {
    const plate = this.deps.registry.machines.get(machine)?.plate ?? machine;
    const at = times[state] ?? 0;
    const by = this.deps.ledger.requests.get(request ?? '')?.cancelled?.by ?? '';
    const sentence = {
      withdrawn: `the order was withdrawn${reason && ` (${reason})`}; look for another one`,
      answered: `the order was answered before: it is ${state}`,
      ended: `the order has ended: it is ${state}`,
      taken: 'the work was given to another machine',
      machineTaken: `${plate} was given another order`,
      requestTaken: 'the work is with other machines',
      requestCancelled: 'the request was cancelled',
    }[code];
    return new Refusal('conflict', `${code}: ${sentence}, ${clockOf(at)}`, { values: { plate, reason, state, at, by } });
  }

  private async save(before: StoredOrder, after: StoredOrder, assignment?: Assignment): Promise<OrderChange> {
    const { ledger, store } = this.deps;
    const saved = assignment ? await store.replace([after], { assignment }) : await store.replaceOne(after);
    if (!saved) {
      ledger.mistrust();
      throw changedMeanwhile(before.version);
    }
    ledger.enter({ orders: [after], ...(assignment && { assignments: [assignment] }) });
    return { before, after };
  }

  /** At its end it is measured. */
  private ended(order: StoredOrder): StoredOrder {
    if (order.state !== 'done' || order.kind === 'move' || order.doneMu !== null) return order;
    const measuredMu = inTenths(this.deps.ground.coveredMu(order) - order.baseMu);
    return { ...order, doneMu: measuredMu > 0 ? measuredMu : null };
  }

  /** Whoever chose the machine before it declined chooses again. */
  private declinedBy({ machine, times }: StoredOrder, now: number): Assignment {
    const { ledger, registry } = this.deps;
    const by = registry.machines.get(machine)?.operatorName ?? machine;
    return { machine, version: ledger.versionOf(machine) + 1, what: 'declined', by, at: times.declined ?? now };
  }

  private textsOf = ({ machine, placeName, division, contactName }: StoredOrder): string[] => {
    const { machines, divisions } = this.deps.registry;
    const { plate = machine, operatorName = '' } = machines.get(machine) ?? {};
    return [plate, operatorName, placeName, contactName, divisions.get(division)?.name ?? division];
  };
}

/** The audit trail's view of an order. */
export const asAudited = ({ machine, request, state, areaMu, doneMu, pricePerMu, reason, seenStates, version }: StoredOrder) => ({
  ...{ machine, request, state, areaMu, doneMu, pricePerMu, reason, seenStates, version },
});

export const inTenths = (mu: number): number => Math.max(0, Math.round(mu * 10) / 10);
export const clockOf = (at: number): string => DateTime.fromMillis(at, { zone: ZONE }).toFormat('d LLL HH:mm');
const rankOf = (state: OrderState): number => {
  const live = (liveOrderStates as readonly OrderState[]).indexOf(state);
  return live < 0 ? liveOrderStates.length : live;
};
const sinceOf = ({ state, times }: StoredOrder): number => times[state] ?? 0;
