import { operations } from '../../../shared/season.ts';
import type { Forecasts as Forecasting } from '../forecasts.ts';
import type { Registry } from '../registry.ts';
import type { SeasonBook } from '../season-book.ts';
import type { Forecasts, Orders } from './ports.ts';

/** Requests and orders of the season, as advice asks for them. */
export const ordersOf = ({ orderLedger, requests, offers }: SeasonBook): Orders => ({
  liveOf: orderLedger.liveOf,
  versionOf: orderLedger.versionOf,
  openRequests: division =>
    requests.openOf(division).map(request => ({
      request,
      openMu: requests.openMu(request),
      declinedBy: orderLedger.ordersOf(request.id).flatMap(({ state, machine }) => (state === 'declined' ? [machine] : [])),
    })),
  offer: async (given, by) => (await offers.offer(given, by)).orders,
});

/** Forecasts of the reporting units, as advice asks for them. */
export const forecastsOf = (forecasts: Forecasting, registry: Registry): Forecasts => ({
  of: (division, operation) => forecasts.latest(division, operation),
  async ready() {
    for (const { code } of registry.children(registry.root()?.code ?? ''))
      for (const operation of operations) if (!forecasts.latest(code, operation)) await forecasts.of(code, operation);
  },
});
