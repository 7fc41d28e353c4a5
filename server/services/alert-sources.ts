import type { Visit } from '../../shared/reception.ts';
import { addDays, dayOf, dayStart, type Operation } from '../../shared/season.ts';
import { liveOrderStates, type OrderState, type WorkOrder } from '../../shared/work-order.ts';
import { waitAfterRain } from '../domain/wet-ground.ts';
import type { ChainBook } from './chain-book.ts';
import type { Forecasts } from './forecasts.ts';
import type { RainBook } from './rain-book.ts';
import type { Registry } from './registry.ts';

const HOUR_MS = 3_600_000;
/** An order that is done has not yet brought the machine home. */
const WAY_HOME_MS = 24 * HOUR_MS;
/** So far back rain may still be felt. */
const WET_DAYS = 4;
/** Ground becomes late by hours: a look at all fields is not needed more often (season time). */
const LOOK_AGAIN_MS = 30 * 60_000;
const live: ReadonlySet<OrderState> = new Set(liveOrderStates);

export interface UnsownField {
  cutAt: number;
  areaMu: number;
}

/** What other parts know and the rules of the alerts ask for. */
export class AlertSources {
  private unsown: { at: number; byCounty: ReadonlyMap<string, UnsownField[]> } | null = null;

  constructor(
    private readonly deps: {
      registry: Registry;
      orders: () => Iterable<Pick<WorkOrder, 'machine' | 'division' | 'state' | 'times'>>;
      forecasts: Pick<Forecasts, 'brief'>;
      rain: Pick<RainBook, 'of'>;
      chain: Pick<ChainBook, 'waitingFields'>;
      objections: () => { field: string; since: number }[];
      visits: () => Iterable<Pick<Visit, 'machine' | 'plate' | 'station' | 'handedOverAt' | 'departedAt'>>;
    },
  ) {}

  /** To be through in time; null: not forecast. */
  chanceInTime = (division: string, operation: Operation): number | null =>
    this.deps.forecasts.brief(division, operation)?.chanceInTime ?? null;

  /** Whether wheeled machines can be on the ground now; null: nobody said anything of rain. */
  isWorkable(division: string, now: number): boolean | null {
    const today = dayOf(now);
    const mmOn = (daysAgo: number) => this.deps.rain.of(division, addDays(today, -daysAgo))?.rainMm;
    const days = Array.from({ length: WET_DAYS }, (_, ago) => mmOn(ago));
    if (days.every(mm => mm === undefined)) return null;
    if ((days[0] ?? 0) >= 1) return false;
    const before = days.slice(1).map(mm => mm ?? 0);
    const dryDays = before.findIndex(mm => mm >= 1);
    if (dryDays < 0) return true;
    const { wheeledWaitH } = waitAfterRain(before.slice(dryDays).reverse());
    return now - dayStart(addDays(today, -dryDays)) >= wheeledWaitH * HOUR_MS;
  }

  /** Fields that are cut and not sown, by county. */
  async unsownByCounty(now: number): Promise<ReadonlyMap<string, UnsownField[]>> {
    if (this.unsown && now >= this.unsown.at && now - this.unsown.at < LOOK_AGAIN_MS) return this.unsown.byCounty;
    const byCounty = new Map<string, UnsownField[]>();
    for (const { county, cutAt, areaMu } of await this.deps.chain.waitingFields()) {
      const known = byCounty.get(county);
      if (known) known.push({ cutAt, areaMu });
      else byCounty.set(county, [{ cutAt, areaMu }]);
    }
    this.unsown = { at: now, byCounty };
    return byCounty;
  }

  /** Machines from elsewhere that stations left to a dispatcher, and that have no order since. */
  handedOver(): { machine: string; plate: string; station: string; since: number }[] {
    const lastOffers = new Map<string, number>();
    for (const { machine, state, times } of this.deps.orders())
      if (state !== 'declined' && state !== 'withdrawn')
        lastOffers.set(machine, Math.max(lastOffers.get(machine) ?? 0, live.has(state) ? Number.POSITIVE_INFINITY : (times.offered ?? 0)));
    return [...this.deps.visits()].flatMap(({ machine, plate, station, handedOverAt: since, departedAt }) =>
      machine !== null && since !== null && departedAt === null && (lastOffers.get(machine) ?? 0) < since
        ? [{ machine, plate, station, since }]
        : [],
    );
  }

  /** Operators' objections that wait for their answer. */
  openObjections = (): { field: string; since: number }[] => this.deps.objections();

  /** Units where orders and moves send machines, with all above them, by machine. */
  sentTo(now: number): ReadonlyMap<string, readonly string[]> {
    const sent = new Map<string, string[]>();
    for (const { machine, division, state, times } of this.deps.orders()) {
      if (!live.has(state) && now - (times.done ?? Number.NEGATIVE_INFINITY) > WAY_HOME_MS) continue;
      sent.set(machine, [...(sent.get(machine) ?? []), ...this.deps.registry.chain(division)]);
    }
    return sent;
  }
}
