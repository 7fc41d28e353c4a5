import type { RouteOutput } from '../../shared/rest.ts';
import { type Answer, useLoaded } from '../connection/answer.ts';
import { ANYWAY_MS, useFollowing } from '../connection/fresh.ts';
import { ask, type Parameters } from '../connection/http.ts';

/** More rows than somebody can look through are left out. */
const MOST_ROWS = 400;

export type LoadedOrders = Pick<RouteOutput<'orders'>, 'counts' | 'total' | 'orders'>;

/** The orders under way in a unit, all pages of them, and those declined last. */
export const useOrders = (division: string, news: number): Answer<LoadedOrders> =>
  useFollowing(
    useLoaded(signal => ordersOf(division, signal), division, ANYWAY_MS),
    news,
  );

async function ordersOf(division: string, signal: AbortSignal): Promise<LoadedOrders> {
  const [live, declined] = await Promise.all([
    allOrders({ division, state: 'live' }, signal),
    ask('orders', { division, state: 'declined' }, { signal }),
  ]);
  return { ...live, orders: [...live.orders, ...declined.orders] };
}

async function allOrders(query: Parameters, signal: AbortSignal): Promise<LoadedOrders> {
  const first = await ask('orders', query, { signal });
  const orders = [...first.orders];
  while (orders.length < Math.min(first.total, MOST_ROWS)) {
    const page = await ask('orders', { ...query, from: orders.length }, { signal });
    if (page.orders.length === 0) break;
    orders.push(...page.orders);
  }
  return { counts: first.counts, total: first.total, orders };
}
