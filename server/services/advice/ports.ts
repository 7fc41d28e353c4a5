import type { Forecast, Series } from '../../../shared/forecast.ts';
import type { Operation } from '../../../shared/season.ts';
import type { OrderOffer, WorkOrder, WorkRequest } from '../../../shared/work-order.ts';

/** What advice asks of the forecasts: the latest of a unit, with the series it was made from; null where there is none yet. */
export interface Forecasts {
  of(division: string, operation: Operation): { series: Series; forecast: Forecast } | null;
  /** Resolves when there is one of every reporting unit. */
  ready(): Promise<void>;
}

export interface OpenRequest {
  request: WorkRequest;
  openMu: number;
  /** Machines that declined it: it is not offered to them again. */
  declinedBy: readonly string[];
}

export type OfferOnVersion = OrderOffer & { machineVersion: number };

/** What advice asks of requests and orders. */
export interface Orders {
  /** Those that take a machine up, in the sequence of its work. */
  liveOf(machine: string): readonly WorkOrder[];
  /** Rises whenever a machine's assignments change. */
  versionOf(machine: string): number;
  /** Of a unit and all below it: those of which something is with nobody. */
  openRequests(division: string): readonly OpenRequest[];
  /** All or nothing, and the same again is a retry. @throws Refusal conflict, which names the machine or the request */
  offer(offers: readonly OfferOnVersion[], by: { author: string; advice: string }): Promise<readonly WorkOrder[]>;
}
