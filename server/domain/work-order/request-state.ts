import { liveOrderStates, type OrderState, type RequestState, type WorkOrder, type WorkRequest } from '../../../shared/work-order.ts';

type Part = Pick<WorkOrder, 'state' | 'areaMu' | 'doneMu'>;

/** What is left of a request after its machines is not worth another one: strips along a ditch, a measuring error. */
const REST_MU = 0.5;
const REST_SHARE = 0.03;

export const isLive = (state: OrderState): boolean => (liveOrderStates as readonly OrderState[]).includes(state);
const isDone = (state: OrderState): boolean => state === 'done' || state === 'settled';

/** What a finished order did of its part; nobody measured it: all of it. */
const doneOf = ({ areaMu, doneMu }: Part): number => doneMu ?? areaMu;

const inTenths = (mu: number): number => Math.round(mu * 10) / 10;

/** What a request has with machines, what they did, and what nobody has. `uncoveredMu`: what stands in its fields still, null without fields. */
export function shareOf(areaMu: number, orders: readonly Part[], uncoveredMu: number | null): { openMu: number; doneMu: number } {
  let heldMu = 0;
  let doneMu = 0;
  for (const order of orders) {
    if (isLive(order.state)) heldMu += order.areaMu;
    else if (isDone(order.state)) doneMu += doneOf(order);
  }
  // Ground that others covered, without an order, is asked for no more.
  const standingMu = uncoveredMu === null ? areaMu - doneMu : Math.min(areaMu - doneMu, uncoveredMu);
  const openMu = standingMu - heldMu;
  const isRest = openMu < Math.max(REST_MU, REST_SHARE * areaMu) && openMu < areaMu / 2;
  return {
    openMu: isRest ? 0 : inTenths(openMu),
    doneMu: inTenths(uncoveredMu === null ? doneMu : Math.max(doneMu, areaMu - uncoveredMu)),
  };
}

/** Where a request stands, from the states of its orders. */
export function requestState(
  request: Pick<WorkRequest, 'areaMu' | 'cancelled'>,
  orders: readonly Part[],
  uncoveredMu: number | null,
): RequestState {
  if (request.cancelled) return 'cancelled';
  const live = orders.filter(order => isLive(order.state));
  if (shareOf(request.areaMu, orders, uncoveredMu).openMu > 0) return 'open';
  if (live.some(order => order.state === 'working')) return 'working';
  return live.length > 0 ? 'ordered' : 'done';
}
