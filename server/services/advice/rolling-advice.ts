import { dayOf, dayStart, type Operation, operations } from '../../../shared/season.ts';
import { WORRYING_CHANCE } from '../../domain/advice/moves-reasons.ts';
import type { Log } from '../log.ts';
import type { Registry } from '../registry.ts';
import type { AdviceBook, Subject } from './advice-book.ts';
import type { AdviceDesk } from './advice-desk.ts';
import type { Forecasts, Orders } from './ports.ts';
import { countyOf } from './roster.ts';

const HOUR = 3_600_000;
/** Several changes at once make one new plan: so long after the last of them, and at most so long after the first. By the wall clock. */
const CALM_MS = 2000;
const LONGEST_WAIT_MS = 6000;
/** What failed is tried again after this. */
const AGAIN_MS = 10_000;
/** Where nothing happens a plan that is open is looked at again: machines drift from it. By the season's clock, and the wall's for load. */
const DRIFT_MS = HOUR;
const DRIFT_WALL_MS = 300_000;
/** After a refusal nothing of the same comes by itself for so long. */
const REFUSED_MS = 3 * HOUR;
/** A deadline that is further off than any outlook reaches is nobody's hurry. */
const URGENT_MS = 14 * 24 * HOUR;

interface Poke {
  subject: Subject;
  firstAt: number;
  lastAt: number;
}

const keyOf = ({ kind, division, operation }: Subject): string => `${kind}|${division}|${operation}`;

/** Advice that comes by itself: moves when a unit may be late, plans when something happened in a county. */
export class RollingAdvice {
  private readonly pokes = new Map<string, Poke>();
  /** By subject: when it was last worked out, by the season's and the wall clock. */
  private readonly lastAt = new Map<string, { season: number; wall: number }>();
  private readonly quietUntil = new Map<string, number>();

  constructor(
    private readonly deps: {
      desk: AdviceDesk;
      book: AdviceBook;
      registry: Registry;
      forecasts: Forecasts;
      orders: Orders;
      now: () => number;
      wall: () => number;
      log: Log;
    },
  ) {}

  /** Something happened in these units that a plan has to answer. */
  changed = (units: Iterable<string>, only: readonly Operation[] = operations): void => {
    const counties = new Set([...units].flatMap(unit => countyOf(this.deps.registry, unit) ?? []));
    for (const division of counties) for (const operation of only) this.poke({ kind: 'plan', division, operation });
  };

  /** The same goes out again only after a while: a person has said no. */
  refused = (subject: Subject): void => {
    this.quietUntil.set(keyOf(subject), this.deps.now() + REFUSED_MS);
  };

  /** One beat: ends what is over, and works out what is due, one after the other. */
  async look(): Promise<void> {
    const { registry, book, now } = this.deps;
    const { season } = registry;
    if (!season || season.closedAt !== undefined) return;
    await book.expire(dayOf(now()));
    this.pokeDrifting();
    const moves = this.moveDue();
    if (moves) await this.work(moves);
    for (const [key, { subject, firstAt, lastAt }] of this.pokes) {
      const wall = this.deps.wall();
      if (wall - lastAt < CALM_MS && wall - firstAt < LONGEST_WAIT_MS) continue;
      this.pokes.delete(key);
      if (this.isPlanned(subject)) await this.work(subject);
    }
  }

  private poke(subject: Subject): void {
    const at = this.deps.wall();
    const known = this.pokes.get(keyOf(subject));
    if (known) known.lastAt = at;
    else this.pokes.set(keyOf(subject), { subject, firstAt: at, lastAt: at });
  }

  /** There is something to plan, or a plan that is idle by now. */
  private isPlanned(subject: Subject): boolean {
    if ((this.quietUntil.get(keyOf(subject)) ?? 0) > this.deps.now()) return false;
    if (this.deps.book.openOf(subject)) return true;
    return this.deps.orders.openRequests(subject.division).some(({ request }) => request.operation === subject.operation);
  }

  private pokeDrifting(): void {
    const { now, wall, book } = this.deps;
    for (const { kind, division, operation } of book.openAll()) {
      if (kind !== 'plan' || !this.isWorkTime(operation)) continue;
      const last = this.lastAt.get(keyOf({ kind, division, operation })) ?? { season: 0, wall: 0 };
      if (now() - last.season >= DRIFT_MS && wall() - last.wall >= DRIFT_WALL_MS) this.poke({ kind, division, operation });
    }
  }

  /** The operation of which some unit may be late and that has not been looked at for an hour. */
  private moveDue(): Subject | null {
    const { registry, forecasts, now } = this.deps;
    const city = registry.root()?.code;
    if (city === undefined) return null;
    for (const operation of operations) {
      const subject: Subject = { kind: 'moves', division: city, operation };
      if (now() - (this.lastAt.get(keyOf(subject))?.season ?? 0) < HOUR || (this.quietUntil.get(keyOf(subject)) ?? 0) > now()) continue;
      const isWorrying = registry
        .children(city)
        .some(({ code }) => (forecasts.of(code, operation)?.forecast.chanceInTime ?? 1) < WORRYING_CHANCE);
      const isUrgent = dayStart(registry.season!.deadline[operation]) - now() <= URGENT_MS;
      if (isWorrying && isUrgent && this.isWorkTime(operation)) return subject;
    }
    return null;
  }

  /** Between the first and the last hour in which machines are out: at night nobody knows where they are. */
  private isWorkTime(operation: Operation): boolean {
    const hour = (this.deps.now() - dayStart(dayOf(this.deps.now()))) / HOUR;
    const { from, to } = this.deps.registry.season!.workableHours[operation];
    return hour >= from + 0.5 && hour < to;
  }

  private async work(subject: Subject): Promise<void> {
    const { desk, now, wall, log } = this.deps;
    this.lastAt.set(keyOf(subject), { season: now(), wall: wall() });
    try {
      await desk.ask(subject, { keepSame: true });
    } catch (error) {
      log.error({ error: error instanceof Error ? error.stack : String(error) }, `${keyOf(subject)}: advice failed; trying again`);
      this.lastAt.delete(keyOf(subject));
      const later = wall() + AGAIN_MS - CALM_MS;
      if (subject.kind === 'plan') this.pokes.set(keyOf(subject), { subject, firstAt: later, lastAt: later });
      else this.quietUntil.set(keyOf(subject), now() + HOUR / 4);
    }
  }
}
