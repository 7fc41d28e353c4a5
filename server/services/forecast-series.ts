import type { Series } from '../../shared/forecast.ts';
import { addDays, bulletinDayOf, cutOff, type Day, type Operation, type Season, workableHoursBetween } from '../../shared/season.ts';
import { dustedMu } from '../../shared/units.ts';
import type { Fold } from './fold.ts';
import type { CountOf, MachineCounts } from './machine-counts.ts';
import { Pace } from './pace.ts';
import type { ProgressBoard } from './progress.ts';
import type { RainBook } from './rain-book.ts';
import type { Registry } from './registry.ts';

export interface SeriesDeps {
  registry: Registry;
  board: ProgressBoard;
  rain: RainBook;
  fold: Fold;
  counts: MachineCounts;
}

/** What was reported before the season's first day counts too. */
const DAYS_BEFORE = 10;
const OUTLOOK_DAYS = 16;
/** So early on a day not every machine has been heard of yet. */
const EARLY_SHARE = 0.15;

/** One day of the season as a series needs it. */
interface DayFrame {
  day: Day;
  /** Its cut-off, or now. */
  at: number;
  countOf: CountOf;
  share: number;
}

export type SeriesOf = (code: string, operation: Operation) => Promise<Series>;

/**
 * Makes the series that a forecast reads, by the bulletin's days: the headline, machines out, rain; from what was known at an instant, so
 * that any past day can be replayed. (Of measured area that is what was worked by then, though its fixes may have come later.)
 *
 * A clerk's figure comes in the evening, and some days none does: what was measured since is then added to the last one.
 */
export class ForecastSeries {
  constructor(private readonly deps: SeriesDeps) {}

  /** @param knownBy now, or the cut-off of a past day */
  async asOf(knownBy: number, operation: Operation): Promise<SeriesOf> {
    const { season } = this.deps.registry;
    if (!season) throw new Error('a forecast needs a season');
    const frames = await this.frames(season, knownBy, operation);
    return (code, asked) => {
      if (asked !== operation) throw new Error(`prepared for ${operation}, asked for ${asked}`);
      return this.series(season, { code, operation, knownBy, frames });
    };
  }

  private async frames(season: Season, knownBy: number, operation: Operation): Promise<DayFrame[]> {
    const today = bulletinDayOf(knownBy);
    const hours = season.workableHours[operation];
    const firstFix = this.firstFix();
    const frames: DayFrame[] = [];
    for (let day = addDays(season.firstDay[operation], -DAYS_BEFORE); day <= today; day = addDays(day, 1)) {
      const at = Math.min(knownBy, cutOff(day));
      const [from, to] = [cutOff(addDays(day, -1)), cutOff(day)];
      // Nobody was watched before the first fix of all: what was done by then is known, but not how long it took, nor by how many.
      const watchedFrom = Math.max(from, Math.min(to, firstFix));
      const whole = workableHoursBetween(from, to, hours);
      const share = whole > 0 ? workableHoursBetween(watchedFrom, Math.max(watchedFrom, at), hours) / whole : 1;
      const countOf = await this.deps.counts.on(day, at, { isOver: knownBy >= to });
      frames.push({ day, at, countOf, share });
    }
    return frames;
  }

  private firstFix(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const { firstFixTime } of this.deps.fold.outboxes.values()) if (firstFixTime !== null) first = Math.min(first, firstFixTime);
    return first;
  }

  private async series(season: Season, wish: SeriesWish): Promise<Series> {
    const { registry, board } = this.deps;
    const { code, operation, knownBy, frames } = wish;
    const own = registry.divisions.get(code);
    const { plantedMu, plannedMu } = board.areasOf(code);
    const totalMu = operation === 'harvest' ? plantedMu : plannedMu;
    const today = frames.at(-1)!.day;
    const firstDay = own?.firstDay?.[operation] ?? season.firstDay[operation];
    const dayLeft = leftOfDay(season, operation, knownBy);
    const days: Series['days'] = [];
    const pace = new Pace();
    let before = 0;
    for (const [at, frame] of frames.entries()) {
      const done = board.doneKnownBy(code, operation, { day: frame.day, knownBy });
      const doneMu = totalMu > 0 ? Math.min(done, totalMu) : done;
      const counted = machinesOf(wish, at);
      // Work without a machine that was seen was done by some without a terminal: how many, nobody knows.
      const machines = counted === 0 && doneMu > before ? null : counted;
      before = doneMu;
      await pace.breathe();
      // Machines that stand ready before anything is ripe say nothing of what they can do.
      if (doneMu === 0 && (machines === null || frame.day < firstDay)) continue;
      const rainMm = this.deps.rain.of(code, frame.day, knownBy)?.rainMm ?? null;
      days.push({ date: frame.day, doneMu: dustedMu(doneMu), machines, rainMm, ...(frame.share < 1 && { share: rounded(frame.share) }) });
    }
    return {
      operation,
      totalMu,
      deadline: own?.deadline?.[operation] ?? season.deadline[operation],
      asOf: today,
      days,
      outlook: this.outlook(code, today, knownBy),
      firstDay,
      ...(dayLeft > 0 && { dayLeft: rounded(dayLeft) }),
    };
  }

  private outlook(code: string, from: Day, knownBy: number): Series['outlook'] {
    return Array.from({ length: OUTLOOK_DAYS }, (_, days) => addDays(from, days)).flatMap(date => {
      const entry = this.deps.rain.of(code, date, knownBy);
      return entry ? [{ date, rainMm: entry.rainMm }] : [];
    });
  }
}

interface SeriesWish {
  code: string;
  operation: Operation;
  knownBy: number;
  frames: readonly DayFrame[];
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000;

function leftOfDay(season: Season, operation: Operation, knownBy: number): number {
  const hours = season.workableHours[operation];
  const day = bulletinDayOf(knownBy);
  const whole = workableHoursBetween(cutOff(addDays(day, -1)), cutOff(day), hours);
  return whole > 0 ? workableHoursBetween(knownBy, cutOff(day), hours) / whole : 0;
}

function machinesOf({ code, operation, frames }: SeriesWish, at: number): number | null {
  const count = frames[at].countOf(code, operation);
  const isEarly = at === frames.length - 1 && frames[at].share < EARLY_SHARE;
  const before = isEarly ? (frames[at - 1]?.countOf(code, operation) ?? null) : null;
  return count === null || before === null ? count : Math.max(count, before);
}
