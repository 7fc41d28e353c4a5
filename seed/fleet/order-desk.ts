import { randomUUID } from 'node:crypto';
import type { RouteOutput } from '../../shared/rest.ts';
import type { DeclineReason, OrderAct, OrderAnswer, WorkOrderShown } from '../../shared/work-order.ts';
import { randomOf } from '../season/random.ts';
import type { Dispatch, Task } from './driver.ts';

export type Inbox = RouteOutput<'inbox'>;

/** What a phone in a cab says to the server of orders and notices. */
export interface OrderCalls {
  inbox(machine: string): Promise<Inbox>;
  /** `refused`: for good, as something else is so by now. */
  answer(machine: string, answer: OrderAnswer): Promise<WorkOrderShown | 'refused'>;
  readNotice(machine: string, notice: string, at: number): Promise<void>;
}

export interface OrderDeskOptions {
  calls: OrderCalls;
  seed: number;
  /** County of a unit, itself included. */
  countyOf: (division: string) => string;
  newId?: () => string;
  onTrouble: (machine: string, what: string) => void;
}

/** What an operator can do just now: nothing without a signal or asleep. */
export interface Presence {
  isThere: boolean;
  isBroken: boolean;
}

const MINUTE = 60_000;
/** A notice to everybody is not asked for by everybody at once: so many a tick. */
const ASKS_A_TICK = 5;
/** After a failure: so many ticks later. */
const REST_TICKS = 40;
/** One in so many offers is declined. */
const DECLINED_SHARE = 0.12;
const REASONS: Record<Task['kind'], readonly DeclineReason[]> = {
  work: ['tooFar', 'otherWork', 'price', 'ground', 'rest'],
  move: ['tooFar', 'otherWork', 'rest'],
};
const THINK_MS = { from: 1 * MINUTE, to: 5 * MINUTE };

type Waiting = { kind: 'answer'; answer: OrderAnswer } | { kind: 'read'; notice: string; at: number };

/** One operator's orders: as the server said last, and what it has not heard yet. */
class Operator {
  orders: WorkOrderShown[] = [];
  readonly waiting: Waiting[] = [];
  /** When it is decided, by offer or notice. */
  readonly decideAt = new Map<string, number>();
  isSending = false;
  /** Nothing is sent before this tick. */
  restUntil = 0;
}

/** The operators' phones: they ask for the inbox when they hear of it, think a while, accept most offers, and tell what they do. */
export class OrderDesk {
  private readonly operators = new Map<string, Operator>();
  /** From which tick on to ask for each. */
  private readonly toAsk = new Map<string, number>();
  private ticks = 0;

  constructor(private readonly options: OrderDeskOptions) {}

  /** There may be something new for the machine. */
  heard(machine: string): void {
    this.toAsk.set(machine, 0);
  }

  tick(now: number, presenceOf: (machine: string) => Presence): void {
    this.ticks++;
    const due = [...this.toAsk].filter(([, from]) => from <= this.ticks).slice(0, ASKS_A_TICK);
    for (const [machine] of due) {
      this.toAsk.delete(machine);
      void this.ask(machine, now);
    }
    for (const [machine, operator] of this.operators) {
      if ((operator.decideAt.size === 0 && operator.waiting.length === 0) || operator.restUntil > this.ticks) continue;
      const presence = presenceOf(machine);
      if (!presence.isThere) continue;
      this.decide(machine, { now, isBroken: presence.isBroken });
      void this.send(machine);
    }
  }

  dispatchOf(machine: string): Dispatch {
    const orders = () => this.operatorOf(machine).orders;
    return {
      next: () => {
        const order = orders().find(({ state }) => state === 'accepted' || state === 'onTheWay' || state === 'working');
        return order && this.taskOf(order);
      },
      isOn: task => orders().some(({ id, state }) => id === task.id && state !== 'withdrawn' && state !== 'declined'),
      did: (task, act, at) => this.act(machine, { order: task.id, act, at: Math.round(at) }),
    };
  }

  private taskOf({ id, kind, division, lngLat, fields, areaMu }: WorkOrderShown): Task {
    return { id, kind, county: this.options.countyOf(division), lngLat, fields, areaMu };
  }

  private operatorOf(machine: string): Operator {
    const known = this.operators.get(machine);
    if (known) return known;
    const operator = new Operator();
    this.operators.set(machine, operator);
    return operator;
  }

  private async ask(machine: string, now: number): Promise<void> {
    try {
      this.take(machine, await this.options.calls.inbox(machine), now);
    } catch (problem) {
      this.options.onTrouble(machine, `inbox: ${(problem as Error).message}`);
      this.toAsk.set(machine, this.ticks + REST_TICKS);
    }
  }

  private take(machine: string, { orders, notices }: Inbox, now: number): void {
    const operator = this.operatorOf(machine);
    operator.orders = [...orders].sort((a, b) => a.sequence - b.sequence);
    for (const { answer } of operator.waiting.filter(one => one.kind === 'answer')) advance(operator, answer);
    const open = [...orders.filter(({ state }) => state === 'offered'), ...notices.filter(({ readAt }) => readAt === null)];
    const ids = new Set(open.map(({ id }) => id));
    for (const id of operator.decideAt.keys()) if (!ids.has(id)) operator.decideAt.delete(id);
    for (const id of ids) {
      const isDecided = operator.waiting.some(one => (one.kind === 'read' ? one.notice === id : one.answer.order === id));
      if (operator.decideAt.has(id) || isDecided) continue;
      operator.decideAt.set(id, now + randomOf(this.options.seed, 'think', machine, id).between(THINK_MS.from, THINK_MS.to));
    }
  }

  private decide(machine: string, { now, isBroken }: { now: number; isBroken: boolean }): void {
    const operator = this.operatorOf(machine);
    for (const [id, at] of operator.decideAt) {
      if (at > now) continue;
      operator.decideAt.delete(id);
      const offer = operator.orders.find(order => order.id === id);
      if (!offer) operator.waiting.push({ kind: 'read', notice: id, at: Math.round(now) });
      else this.act(machine, { order: id, at: Math.round(now), ...this.verdict(offer, isBroken) });
    }
  }

  private verdict({ id, kind }: WorkOrderShown, isBroken: boolean): Pick<OrderAnswer, 'act' | 'declineReason'> {
    if (isBroken) return { act: 'decline', declineReason: 'broken' };
    const random = randomOf(this.options.seed, 'verdict', id);
    if (random.next() >= DECLINED_SHARE) return { act: 'accept' };
    return { act: 'decline', declineReason: random.pick(REASONS[kind]) };
  }

  private act(machine: string, answer: Omit<OrderAnswer, 'id'>): void {
    const operator = this.operatorOf(machine);
    const whole = { ...answer, id: (this.options.newId ?? randomUUID)() };
    operator.waiting.push({ kind: 'answer', answer: whole });
    advance(operator, whole);
  }

  /** In the order in which it was done; what could not be said is said again at the next tick. */
  private async send(machine: string): Promise<void> {
    const operator = this.operatorOf(machine);
    if (operator.isSending) return;
    operator.isSending = true;
    try {
      for (let first = operator.waiting[0]; first; first = operator.waiting[0]) {
        if (first.kind === 'read') await this.options.calls.readNotice(machine, first.notice, first.at);
        else if ((await this.options.calls.answer(machine, first.answer)) === 'refused') this.heard(machine);
        operator.waiting.shift();
      }
    } catch (problem) {
      this.options.onTrouble(machine, `order: ${(problem as Error).message}`);
      operator.restUntil = this.ticks + REST_TICKS;
    } finally {
      operator.isSending = false;
    }
  }
}

const stateAfter: Record<OrderAct, WorkOrderShown['state']> = {
  accept: 'accepted',
  decline: 'declined',
  setOut: 'onTheWay',
  start: 'working',
  finish: 'done',
};
const ended = new Set<WorkOrderShown['state']>(['done', 'settled', 'declined', 'withdrawn']);

/** What the operator did is so for him, until the server says otherwise. */
function advance(operator: Operator, { order, act }: Pick<OrderAnswer, 'order' | 'act'>): void {
  operator.orders = operator.orders.map(one => (one.id === order && !ended.has(one.state) ? { ...one, state: stateAfter[act] } : one));
}
