import type { Forecast, ForecastBrief, Series } from '../../shared/forecast.ts';
import { Refusal } from '../../shared/reply.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { bulletinDayOf, cutOff, type Day, type Operation, operations } from '../../shared/season.ts';
import { ratePriors } from '../domain/forecast/belief.ts';
import { recordOf } from '../domain/forecast/record.ts';
import type { ForecastSeries, SeriesOf } from './forecast-series.ts';
import type { Forecaster } from './forecaster.ts';
import type { ProgressBoard } from './progress.ts';
import type { Registry } from './registry.ts';

/** How much the rate of one unit differs from its neighbours': standard deviation of the logarithm, assumed. */
const BETWEEN_UNITS = 0.2;
/** A parent that has hardly learned anything has nothing to hand on: share of its rate that still comes from its own prior. */
const LEARNED_BELOW = 0.9;
/** 10 % to 90 % of a normal distribution, in standard deviations. */
const TEN_TO_NINETY = 2.5631;

const SEASON_EVERY_MS = 30 * 60_000;
/** Between the end of one round and the next at least, whatever changes. */
const WALL_PAUSE_MS = 15_000;

export interface Made {
  at: number;
  series: Series;
  forecast: Forecast;
  /** Of what enters forecasts: another one means that something has changed since. */
  version: number;
}

export interface ForecastsDeps {
  registry: Registry;
  board: ProgressBoard;
  series: ForecastSeries;
  forecaster: Forecaster;
  now: () => number;
  wall: () => number;
}

/**
 * Forecasts of the city and its counties, made anew every half hour of the season and after what changes them; of towns when they are
 * asked for. A unit with little data of its own starts from its parent's season: the city's rate is the counties' prior, a county's its towns'.
 */
export class Forecasts {
  private readonly made = new Map<string, Made>();
  private readonly replayed = new Map<string, { text: string; forecast: Forecast }>();
  private roundAt = Number.NEGATIVE_INFINITY;
  private roundWall = Number.NEGATIVE_INFINITY;
  private version = 0;
  private roundVersion = -1;
  /** Told after a round: the units whose forecasts are new. */
  onChange: (units: readonly string[]) => void = () => undefined;

  constructor(private readonly deps: ForecastsDeps) {}

  /** Something that enters forecasts has changed: rain, a report, a machine's repair. */
  touch = (): void => {
    this.version++;
  };

  brief = (code: string, operation: Operation): ForecastBrief | null => {
    const made = this.made.get(keyOf(code, operation));
    if (!made) return null;
    const { state, finish, chanceInTime, machinesNeededPerDay } = made.forecast;
    return { state, ...finish, chanceInTime, machinesNeededPerDay, deadline: made.series.deadline, at: made.at };
  };

  /** The latest of a unit, if there is one already. */
  latest = (code: string, operation: Operation): Made | null => this.made.get(keyOf(code, operation)) ?? null;

  /** Called every second: begins a round when one is due. */
  async tick(): Promise<void> {
    const { registry, wall } = this.deps;
    const city = registry.root();
    if (!registry.season || !city) return;
    const now = this.now();
    const isDue = this.roundVersion !== this.version || now - this.roundAt >= SEASON_EVERY_MS || now < this.roundAt;
    if (!isDue || wall() - this.roundWall < WALL_PAUSE_MS) return;
    try {
      await this.round(city.code);
    } catch (error) {
      this.roundVersion = -1;
      this.roundWall = wall();
      if (!this.deps.forecaster.isClosed) throw error;
    }
  }

  /** All of the city's and its counties'. */
  async round(city: string): Promise<void> {
    const now = this.now();
    this.roundVersion = this.version;
    this.roundAt = now;
    const codes = [city, ...this.deps.registry.children(city).map(({ code }) => code)];
    for (const operation of operations) {
      const seriesOf = await this.deps.series.asOf(now, operation);
      for (const code of codes) this.made.set(keyOf(code, operation), await this.make(seriesOf, { code, operation, at: now }));
    }
    this.roundWall = this.deps.wall();
    this.onChange(codes);
  }

  /** A unit's forecast, not older than half an hour of the season. */
  async of(code: string, operation: Operation): Promise<Made> {
    const { registry } = this.deps;
    const division = registry.divisions.get(code);
    if (!division) throw new Refusal('notFound', `division: there is no unit ${code}`);
    if (!registry.season) throw new Refusal('notFound', 'there is no season yet');
    const held = this.made.get(keyOf(code, operation));
    const now = this.now();
    if (held && this.isGood(held, { now, inRounds: division.level !== 'town' && this.roundAt > 0 })) return held;
    if (division.parent !== null) await this.of(division.parent, operation);
    const seriesOf = await this.deps.series.asOf(now, operation);
    const made = await this.make(seriesOf, { code, operation, at: now, urgent: true });
    this.made.set(keyOf(code, operation), made);
    return made;
  }

  /** What the rounds make follows every change by itself: whoever asks in between gets what there is, and waits for nothing. */
  private isGood(held: Made, { now, inRounds }: { now: number; inRounds: boolean }): boolean {
    const oldest = inRounds ? 3 * SEASON_EVERY_MS : SEASON_EVERY_MS;
    return now >= held.at && now - held.at < oldest && (inRounds || held.version === this.version);
  }

  /** How it would have been forecast at the end of a past day, and what came. */
  async replay(code: string, operation: Operation, day: Day): Promise<RouteOutput<'replay'>> {
    const { registry } = this.deps;
    if (!registry.divisions.has(code)) throw new Refusal('notFound', `division: there is no unit ${code}`);
    if (!registry.season) throw new Refusal('notFound', 'there is no season yet');
    const today = bulletinDayOf(this.now());
    if (day >= today) throw new Refusal('invalid', `day: ${day} is not over; replay a day before ${today}`);
    const seriesOf = await this.deps.series.asOf(this.now(), operation);
    const came = (await seriesOf(code, operation)).days.filter(row => row.date < today).map(({ date, doneMu }) => ({ date, doneMu }));
    const past = [...new Set([...came.map(row => row.date), day])].sort();
    const replays: { day: Day; series: Series; forecast: Forecast }[] = [];
    for (const one of past) replays.push({ day: one, ...(await this.endOfDay(code, operation, one)) });
    const asked = replays.find(one => one.day === day)!;
    return {
      series: asked.series,
      forecast: asked.forecast,
      came: came.filter(row => row.date > day),
      record: recordOf(replays, came),
    };
  }

  private async endOfDay(code: string, operation: Operation, day: Day): Promise<{ series: Series; forecast: Forecast }> {
    const seriesOf = await this.deps.series.asOf(cutOff(day), operation);
    const series = await seriesOf(code, operation);
    const text = JSON.stringify(series);
    const key = `${keyOf(code, operation)}|${day}`;
    const held = this.replayed.get(key);
    if (held?.text === text) return { series, forecast: held.forecast };
    const forecast = await this.deps.forecaster.forecast(series, { urgent: true });
    this.replayed.set(key, { text, forecast });
    return { series, forecast };
  }

  private async make(
    seriesOf: SeriesOf,
    { code, operation, at, urgent = false }: { code: string; operation: Operation; at: number; urgent?: boolean },
  ): Promise<Made> {
    const { version } = this;
    const bare = await seriesOf(code, operation);
    const prior = this.priorFor(code, operation);
    const series = prior ? { ...bare, prior } : bare;
    return { at, version, series, forecast: await this.deps.forecaster.forecast(series, { urgent }) };
  }

  /** The parent's season, once it has learned something; else what former years say. */
  private priorFor(code: string, operation: Operation): Series['prior'] | null {
    const parent = this.deps.registry.divisions.get(code)?.parent ?? null;
    const terms = parent === null ? null : (this.made.get(keyOf(parent, operation))?.forecast.terms ?? null);
    const { spread } = ratePriors[operation];
    const usual = this.deps.registry.season?.usualMuPerMachineDay?.[operation];
    if (parent === null || !terms || terms.priorShare > LEARNED_BELOW || terms.muPerMachineDay.p10 <= 0)
      return usual === undefined ? null : { muPerMachineDay: usual, spread, from: 'former' };
    const { p10, p50, p90 } = terms.muPerMachineDay;
    const learned = Math.hypot(Math.log(p90 / p10) / TEN_TO_NINETY, BETWEEN_UNITS);
    return { muPerMachineDay: p50, spread: Math.round(Math.min(spread, learned) * 1000) / 1000, from: parent };
  }

  /** A closed season stays as it was when it was closed. */
  private now(): number {
    const closedAt = this.deps.registry.season?.closedAt;
    return Math.min(this.deps.now(), closedAt ?? Number.POSITIVE_INFINITY);
  }
}

const keyOf = (code: string, operation: Operation): string => `${code}|${operation}`;
