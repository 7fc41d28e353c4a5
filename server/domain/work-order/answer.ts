import type { OrderAnswer, OrderConflict, OrderState, WorkOrder } from '../../../shared/work-order.ts';

/** The way of an order that is carried out, in its order. */
const way = ['offered', 'accepted', 'onTheWay', 'working', 'done', 'settled'] as const satisfies readonly OrderState[];
const rankOf = (state: OrderState): number => way.indexOf(state as (typeof way)[number]);

type Standing = Pick<WorkOrder, 'kind' | 'state' | 'times' | 'seenStates' | 'declineReason' | 'reason'>;

export type Answered = { changes: Partial<Standing> } | { conflict: OrderConflict };

const NOTHING: Answered = { changes: {} };

/**
 * What an operator's act makes of an order. Acts are kept on a phone without a network and come late and in any order, each with its own
 * time: what is behind the order's state only fills in when that state began. No changes: it was known already.
 */
export function answered(order: Standing, answer: Pick<OrderAnswer, 'act' | 'at' | 'declineReason' | 'note'>, now: number): Answered {
  if (order.state === 'withdrawn') return { conflict: 'withdrawn' };
  if (answer.act === 'decline') return declined(order, answer, now);
  if (order.state === 'declined') return { conflict: 'answered' };
  return advanced(order, stateOf(order.kind, answer.act), { at: answer.at, now });
}

/** What GNSS shows is so before the operator says it, and marked until he does. */
export function seenTo(
  order: Standing,
  state: 'onTheWay' | 'working' | 'done',
  { at, now }: { at: number; now: number },
): Partial<Standing> {
  if (rankOf(order.state) < 0 || rankOf(order.state) >= rankOf(state)) return {};
  return {
    state,
    times: { ...order.times, [state]: timeWithin(order.times, state, { at, now }) },
    seenStates: [...order.seenStates, state],
  };
}

/** For how long an order has been in its state. */
export const inStateMs = ({ state, times }: Pick<WorkOrder, 'state' | 'times'>, now: number): number =>
  Math.max(0, now - (times[state] ?? now));

/** A machine that is moved has no work to start: it is on its way. */
function stateOf(kind: WorkOrder['kind'], act: Exclude<OrderAnswer['act'], 'decline'>): OrderState {
  if (kind === 'move' && act === 'start') return 'onTheWay';
  return ({ accept: 'accepted', setOut: 'onTheWay', start: 'working', finish: 'done' } as const)[act];
}

function declined(order: Standing, { at, declineReason, note }: Pick<OrderAnswer, 'at' | 'declineReason' | 'note'>, now: number): Answered {
  if (order.state === 'declined') return NOTHING;
  // Whoever works already ends it by finishing: what was cut counts.
  if (rankOf(order.state) >= rankOf('working')) return { conflict: order.state === 'working' ? 'answered' : 'ended' };
  const declinedAt = Math.max(order.times.offered ?? at, Math.min(at, now));
  return {
    changes: {
      state: 'declined',
      times: { ...order.times, declined: declinedAt },
      declineReason: declineReason ?? 'other',
      reason: note ?? '',
    },
  };
}

function advanced(order: Standing, state: OrderState, { at, now }: { at: number; now: number }): Answered {
  const isAhead = rankOf(state) > rankOf(order.state);
  const wasOnlySeen = order.seenStates.includes(state);
  if (!isAhead && order.times[state] !== undefined && !wasOnlySeen) return NOTHING;
  const seenStates = order.seenStates.filter(one => one !== state);
  const times = order.times[state] === undefined ? { ...order.times, [state]: timeWithin(order.times, state, { at, now }) } : order.times;
  return { changes: { ...(isAhead && { state }), times, seenStates } };
}

/** A phone's clock may be wrong: a state begins neither before those that lead to it, nor after those that follow, nor in the future. */
function timeWithin(times: WorkOrder['times'], state: OrderState, { at, now }: { at: number; now: number }): number {
  const rank = rankOf(state);
  const known = way.flatMap((one, i) => (times[one] === undefined ? [] : [{ rank: i, at: times[one] }]));
  const earliest = Math.max(...known.filter(one => one.rank < rank).map(one => one.at), 0);
  const latest = Math.min(...known.filter(one => one.rank > rank).map(one => one.at), now);
  return Math.max(earliest, Math.min(at, latest));
}
