import type { LngLat, WorkState } from '../../../shared/registry.ts';
import type { WorkOrder } from '../../../shared/work-order.ts';
import { metresBetween } from '../local-frame.ts';
import { seenTo } from './answer.ts';

/** So near to the place that was named, a machine has arrived. */
const ARRIVED_M = 300;
/** Without fields: work so near to the place is this order's. */
const SAME_WORK_M = 1500;
/** Seen working for so long, an order is taken for begun though the operator has not said so. */
const SURE_MS = 5 * 60_000;
/** All its fields are finished for so long: the order is done though nobody has said so. */
const OVER_MS = 20 * 60_000;

export interface Sight {
  lngLat: LngLat;
  fixTime: number;
  state: WorkState;
  /** Since when it has been in this state. */
  stateSince: number | null;
  fieldId: string | null;
  /** The unit where it is, with all above it. */
  units: readonly string[];
  /** When the last of the order's fields was finished, by whomever; null: they are not. */
  finishedAt: number | null;
}

const isWork = (state: WorkState): boolean => state === 'working' || state === 'turning';

/** What the machine's place and work say of an order that it has accepted; empty: nothing new. */
export function seen(order: WorkOrder, sight: Sight, now: number): Partial<WorkOrder> {
  if (order.state === 'offered' || sight.fixTime < (order.times.offered ?? 0)) return {};
  return order.kind === 'move' ? seenMoving(order, sight, now) : seenWorking(order, sight, now);
}

function seenMoving(order: WorkOrder, sight: Sight, now: number): Partial<WorkOrder> {
  if (!sight.units.includes(order.division)) return {};
  const arrived = order.seen.arrivedAt === null ? { seen: { ...order.seen, arrivedAt: sight.fixTime } } : {};
  return { ...arrived, ...seenTo(order, 'done', { at: sight.fixTime, now }) };
}

function seenWorking(order: WorkOrder, sight: Sight, now: number): Partial<WorkOrder> {
  const { finishedAt } = sight;
  if (order.state === 'working' && finishedAt !== null && now - finishedAt >= OVER_MS)
    return seenTo(order, 'done', { at: finishedAt, now });
  const awayM = metresBetween(...order.lngLat, ...sight.lngLat);
  const isInField = sight.fieldId !== null && order.fields.includes(sight.fieldId);
  const works = isWork(sight.state) && (isInField || (order.fields.length === 0 && awayM <= SAME_WORK_M));
  const arrivedAt = order.seen.arrivedAt ?? (isInField || works || awayM <= ARRIVED_M ? sight.fixTime : null);
  const begunAt = works ? Math.max(sight.stateSince ?? sight.fixTime, order.times.offered ?? 0) : null;
  const startedAt = order.seen.startedAt ?? begunAt;
  const isNew = arrivedAt !== order.seen.arrivedAt || startedAt !== order.seen.startedAt;
  const isSure = works && startedAt !== null && sight.fixTime - startedAt >= SURE_MS;
  return { ...(isNew && { seen: { arrivedAt, startedAt } }), ...(isSure && seenTo(order, 'working', { at: startedAt, now })) };
}
