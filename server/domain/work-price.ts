import type { Operation } from '../../shared/season.ts';
import type { OrderState, WorkOrder } from '../../shared/work-order.ts';

/** Some work of one machine: a field on a day. */
export interface WorkDone {
  field: string;
  operation: Operation;
  /** The field's unit and all above it. */
  units: readonly string[];
  /** The day, from its first instant to the next day's. */
  from: number;
  to: number;
}

type Order = Pick<WorkOrder, 'kind' | 'operation' | 'state' | 'fields' | 'division' | 'pricePerMu' | 'times'>;

const agreed: ReadonlySet<OrderState> = new Set(['accepted', 'onTheWay', 'working', 'done', 'settled']);

/** Price per mu of the machine's order that the work belongs to; null: no price was agreed. */
export const priceOf = (work: WorkDone, orders: readonly Order[]): number | null => orderOf(work, orders)?.pricePerMu ?? null;

/**
 * The machine's order that the work belongs to: the latest that names the field, else the latest without fields whose unit and time it lies
 * in. Null: to none.
 */
export function orderOf<Known extends Order>(work: WorkDone, orders: readonly Known[]): Known | null {
  const own = orders.filter(order => order.kind === 'work' && order.operation === work.operation && agreed.has(order.state));
  const named = own.filter(order => order.fields.includes(work.field) && beganAt(order) < work.to);
  const around = own.filter(order => order.fields.length === 0 && work.units.includes(order.division) && overlaps(order, work));
  return (named.length > 0 ? named : around).sort((a, b) => beganAt(b) - beganAt(a))[0] ?? null;
}

const beganAt = ({ times }: Order): number => Math.min(...Object.values(times), Number.POSITIVE_INFINITY);
const endedAt = ({ times }: Order): number => times.done ?? times.settled ?? Number.POSITIVE_INFINITY;
const overlaps = (order: Order, { from, to }: WorkDone): boolean => beganAt(order) < to && endedAt(order) >= from;
