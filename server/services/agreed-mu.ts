import { objectionStateOf } from '../../shared/claim.ts';
import { addDays, dayStart } from '../../shared/season.ts';
import type { WorkOrder, WorkOrderShown } from '../../shared/work-order.ts';
import { orderOf } from '../domain/work-price.ts';
import type { Objections } from './objections.ts';
import type { OrderLedger } from './order-ledger.ts';
import type { Registry } from './registry.ts';

/** What objections say of the work that belongs to an order, for whoever settles it. */
export class AgreedMu {
  constructor(private readonly deps: { objections: Objections; ledger: OrderLedger; registry: Registry }) {}

  /** Null: nobody objected to any of it. */
  of(order: Pick<WorkOrder, 'id' | 'machine' | 'doneMu'>): WorkOrderShown['objected'] {
    const { objections, ledger, registry } = this.deps;
    const said = objections.ofMachine(order.machine);
    if (said.length === 0) return null;
    const orders = [...ledger.orders.values()].filter(({ machine }) => machine === order.machine);
    const own = said.filter(({ field, operation, day }) => {
      const units = registry.chain(registry.fields.get(field)?.town ?? '');
      return orderOf({ field, operation, units, from: dayStart(day), to: dayStart(addDays(day, 1)) }, orders)?.id === order.id;
    });
    if (own.length === 0) return null;
    // Of several objections to one row the last counts.
    const rows = new Map(own.map(one => [`${one.field} ${one.operation} ${one.day}`, one.decisions.at(-1)]));
    const agreed = [...rows.values()].flatMap(last => (last?.agreedMu == null ? [] : [{ mu: last.agreedMu, measuredMu: last.measuredMu }]));
    const waiting = own.filter(one => objectionStateOf(one) === 'open').length;
    if (agreed.length === 0) return { waiting, agreedMu: null };
    const sum = (muOf: (one: (typeof agreed)[number]) => number) => agreed.reduce((total, one) => total + muOf(one), 0);
    // Nothing measured since the order: what was agreed is all there is.
    const mu = order.doneMu === null ? sum(one => one.mu) : order.doneMu + sum(one => one.mu - one.measuredMu);
    return { waiting, agreedMu: Math.max(0, Math.round(mu * 10) / 10) };
  }
}
