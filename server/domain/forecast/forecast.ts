import type { Forecast, Quantiles, Series } from '../../../shared/forecast.ts';
import { addDays, type Day } from '../../../shared/season.ts';
import { paceAt, type RatePrior, ratePriors } from './belief.ts';
import { quantile, seededBy, type Uniform } from './chance.ts';
import { drawFuture, type Future, machinesNeeded, workDay } from './future.ts';
import { doneMark, type KnownDays, knownDays } from './known-days.ts';
import { type Lesson, learn } from './learn.ts';
import { type MachineTrend, machineTrend } from './machines-ahead.ts';
import { noteOf } from './note.ts';

const DRAWS = 500;
/** The need is found by trial, so fewer of them must do. The draws are in no order. */
const NEED_DRAWS = 150;
const LONGEST_AHEAD_DAYS = 60;
const SHORTEST_AHEAD_DAYS = 14;

const never = { p10: null, p50: null, p90: null };
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** What is supposed of the days ahead beside what the series says: a scenario, or moves that are advised. */
export interface Otherwise {
  /** Machines more or fewer from a day on. */
  machines?: readonly { from: Day; change: number }[];
  /** In place of the outlook on these days. */
  rain?: readonly { date: Day; rainMm: number }[];
  /** All rates times this. */
  rateFactor?: number;
}

/**
 * Who will be late: when the operation will be finished, with which chance in time, and why. The same series gives the same answer, and the
 * same draws of chance whatever is supposed otherwise, so that two answers differ by the supposition alone.
 */
export function forecast(series: Series, otherwise: Otherwise = {}): Forecast {
  const known = knownDays(series);
  if (series.totalMu === 0) return unknown(series, known, 'noArea');
  if (known.doneOn !== null) return finished(series, known, known.doneOn);
  const trend = machineTrend(known);
  const isEarly = series.firstDay !== undefined && series.asOf < series.firstDay && known.doneMu === 0;
  if (trend === null) return unknown(series, known, isEarly ? 'notBegun' : 'noData');
  const uniform = seededBy(JSON.stringify(series));
  const lesson = learn(known, priorOf(series), { uniform, draws: DRAWS });
  const knowledge = { lesson, trend, uniform, otherwise };
  const isAnybodyThere = trend.now > 0 || (otherwise.machines ?? []).some(({ change }) => change > 0);
  return isAnybodyThere ? running(series, known, knowledge) : unknown(series, known, 'noMachines', withNeed(series, known, knowledge));
}

const priorOf = ({ operation, prior }: Series): RatePrior =>
  prior ? { median: prior.muPerMachineDay, spread: prior.spread } : ratePriors[operation];

interface Knowledge {
  lesson: Lesson;
  trend: MachineTrend;
  uniform: Uniform;
  otherwise: Otherwise;
}

function finished(series: Series, known: KnownDays, on: Day): Forecast {
  return {
    state: 'done',
    finish: { p10: on, p50: on, p90: on },
    chanceInTime: on <= series.deadline ? 1 : 0,
    machinesNeededPerDay: 0,
    machinesNeededSafely: 0,
    byDay: [],
    terms: null,
    notes: [
      ...known.notes,
      on <= series.deadline ? noteOf('done', { day: on }) : noteOf('doneLate', { day: on, deadline: series.deadline }),
    ],
  };
}

type Need = Pick<Forecast, 'machinesNeededPerDay' | 'machinesNeededSafely'>;

type Unknown = 'noData' | 'noMachines' | 'notBegun' | 'noArea';

function unknown(series: Series, known: KnownDays, state: Unknown, need: Need | null = null): Forecast {
  const values: Record<Unknown, Record<string, string>> = {
    noData: {},
    noMachines: { day: known.firstDayShare < 1 ? series.asOf : known.lastDay },
    notBegun: { day: series.firstDay ?? series.asOf },
    noArea: {},
  };
  const isLate = state === 'noMachines' || (state === 'noData' && series.asOf >= series.deadline);
  return {
    state,
    finish: never,
    chanceInTime: isLate ? 0 : null,
    machinesNeededPerDay: need?.machinesNeededPerDay ?? null,
    machinesNeededSafely: need?.machinesNeededSafely ?? null,
    byDay: [],
    terms: null,
    notes: [...known.notes, noteOf(state, values[state])],
  };
}

function futuresOf(series: Series, known: KnownDays, { lesson, trend, uniform, otherwise, days }: Knowledge & { days: number }): Future[] {
  const outlook = new Map([...series.outlook, ...(otherwise.rain ?? [])].map(row => [row.date, row.rainMm]));
  const dates = Array.from({ length: days }, (_, day) => addDays(known.lastDay, day + 1));
  const outlookMm = dates.map(date => outlook.get(date) ?? null);
  const moved = dates.map(date => sum((otherwise.machines ?? []).filter(({ from }) => from <= date).map(({ change }) => change)));
  return lesson.draws.map(learned => {
    const future = drawFuture(uniform, learned, { outlookMm, trend });
    // What was worked of a day that is not over is known already.
    if (days > 0) future.muPerMachine[0] *= known.firstDayShare;
    for (let day = 0; day < days; day++) {
      future.machines[day] = Math.max(0, future.machines[day] + moved[day]);
      future.muPerMachine[day] *= otherwise.rateFactor ?? 1;
    }
    return future;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function withNeed(series: Series, known: KnownDays, knowledge: Knowledge): Need {
  const days = Math.min(LONGEST_AHEAD_DAYS, Math.max(0, daysBetween(known.lastDay, series.deadline)));
  return needOf(series, known, futuresOf(series, known, { ...knowledge, trend: { ...knowledge.trend, now: 1 }, days }));
}

function needOf(series: Series, known: KnownDays, futures: readonly Future[]): Need {
  const days = Math.min(futures[0].rainMm.length, daysBetween(known.lastDay, series.deadline));
  if (days <= 0) return { machinesNeededPerDay: null, machinesNeededSafely: null };
  const work = { doneMu: known.doneMu, totalMu: known.totalMu, mark: doneMark(known.totalMu) };
  const needs = futures
    .slice(0, NEED_DRAWS)
    .map(future => machinesNeeded(future, days, work) ?? Number.POSITIVE_INFINITY)
    .sort((one, other) => one - other);
  const whole = (share: number) => {
    const need = needs[Math.floor(share * needs.length)];
    return Number.isFinite(need) ? Math.ceil(need) : null;
  };
  return { machinesNeededPerDay: whole(0.5), machinesNeededSafely: whole(0.8) };
}

function running(series: Series, known: KnownDays, knowledge: Knowledge): Forecast {
  const daysLeft = daysBetween(known.lastDay, series.deadline);
  const { futures, done, finishDays } = lookAhead(series, known, { ...knowledge, days: Math.max(daysLeft, SHORTEST_AHEAD_DAYS) });
  const isOverdue = series.asOf > series.deadline || daysLeft <= 0;
  const shown = Math.min(done[0].length, shownDays(finishDays, daysLeft));
  const finish = finishOf(finishDays, known.lastDay);
  return {
    state: isOverdue ? 'overdue' : 'running',
    finish,
    chanceInTime: rounded(finishDays.filter(days => days <= daysLeft).length / DRAWS, 3),
    ...needOf(series, known, futures),
    byDay: byDay(done, { last: known.lastDay, days: shown }),
    terms: termsOf(series, known, { ...knowledge, futures, done, days: shown }),
    notes: [
      ...known.notes,
      ...(isOverdue ? [noteOf('overdue', { deadline: series.deadline, mu: Math.round(known.totalMu - known.doneMu) })] : []),
    ],
  };
}

/** As far ahead as it takes until nineteen of twenty courses are through. */
function lookAhead(series: Series, known: KnownDays, knowledge: Knowledge & { days: number }) {
  const mark = doneMark(known.totalMu);
  for (let days = Math.min(LONGEST_AHEAD_DAYS, knowledge.days); ; days = Math.min(LONGEST_AHEAD_DAYS, 2 * days)) {
    const futures = futuresOf(series, known, { ...knowledge, days });
    const done = futures.map(future => course(future, known));
    const finishDays = Float64Array.from(done, course => daysUntil(course, mark)).sort();
    if (days === LONGEST_AHEAD_DAYS || Number.isFinite(finishDays[Math.floor(0.95 * DRAWS)])) return { futures, done, finishDays };
  }
}

/** Done at the end of each day ahead. */
function course(future: Future, { doneMu, totalMu }: KnownDays): Float64Array {
  const done = new Float64Array(future.rainMm.length);
  let now = doneMu;
  for (let day = 0; day < done.length; day++) {
    if (now < totalMu) now = workDay(future, day, { doneMu: now, totalMu, machines: future.machines[day] });
    done[day] = now;
  }
  return done;
}

/** Days ahead until it is done, 1 for the first; infinite when not within the days looked at. */
function daysUntil(done: Float64Array, mark: number): number {
  const at = done.findIndex(mu => mu >= mark);
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
}

/**
 * A finish falls on whole days, so no day has exactly a tenth of the chance before it: each end of the band is the day at which the
 * chance outside it is nearest to a tenth. Else the band would hold more than it says.
 */
function finishOf(finishDays: Float64Array, lastDay: Day): Forecast['finish'] {
  const before = (day: number) => finishDays.filter(days => days < day).length / finishDays.length;
  const nearest = (wanted: number, ends: number) => {
    let day = finishDays[Math.floor(wanted * (finishDays.length - 1))];
    if (!Number.isFinite(day)) return day;
    while (Math.abs(before(day + 1 + ends) - wanted) < Math.abs(before(day + ends) - wanted)) day++;
    while (day > 1 && Math.abs(before(day - 1 + ends) - wanted) < Math.abs(before(day + ends) - wanted)) day--;
    return day;
  };
  const dated = (days: number) => (Number.isFinite(days) ? addDays(lastDay, days) : null);
  const middle = finishDays[Math.floor(0.5 * finishDays.length)];
  return { p10: dated(Math.min(nearest(0.1, 0), middle)), p50: dated(middle), p90: dated(Math.max(nearest(0.9, 1), middle)) };
}

/** Until nine in ten are done, and to the deadline at least. */
const shownDays = (finishDays: Float64Array, daysLeft: number): number =>
  Math.min(LONGEST_AHEAD_DAYS, Math.max(daysLeft, finishDays[Math.floor(0.9 * finishDays.length)], 1));

function byDay(done: readonly Float64Array[], { last, days }: { last: Day; days: number }): Forecast['byDay'] {
  return Array.from({ length: days }, (_, day) => {
    const sorted = Float64Array.from(done, one => one[day]).sort();
    return { date: addDays(last, day + 1), ...quantilesOf(sorted, 1) };
  });
}

function quantilesOf(sorted: Float64Array, digits: number): Quantiles {
  return {
    p10: rounded(quantile(sorted, 0.1), digits),
    p50: rounded(quantile(sorted, 0.5), digits),
    p90: rounded(quantile(sorted, 0.9), digits),
  };
}

interface Seen extends Knowledge {
  futures: readonly Future[];
  done: readonly Float64Array[];
  days: number;
}

function termsOf(series: Series, known: KnownDays, { lesson, trend, futures, done, days }: Seen): Forecast['terms'] {
  const prior = priorOf(series);
  const rates = Float64Array.from(lesson.draws, draw => Math.exp(draw.logRate)).sort();
  const mean = (of: (future: Future, at: number) => number) =>
    futures.reduce((sum, future, at) => sum + of(future, at), 0) / futures.length;
  const before = (at: number, day: number) => (day === 0 ? known.doneMu : done[at][day - 1]);
  return {
    remainingMu: rounded(known.totalMu - known.doneMu, 1),
    muPerMachineDay: quantilesOf(rates, 1),
    priorMuPerMachineDay: {
      p10: rounded(prior.median * Math.exp(-1.2816 * prior.spread), 1),
      p50: prior.median,
      p90: rounded(prior.median * Math.exp(1.2816 * prior.spread), 1),
    },
    priorFrom: series.prior?.from ?? null,
    priorShare: rounded(lesson.priorShare, 3),
    machinesNow: trend.now,
    dayToDayDeviation: rounded(
      mean(({ learned }) => learned.belief.dayDeviation),
      3,
    ),
    ahead: Array.from({ length: days }, (_, day) => ({
      date: addDays(known.lastDay, day + 1),
      rainMm: rounded(
        mean(future => future.rainMm[day]),
        1,
      ),
      workableShare: rounded(
        mean(future => future.workable[day]),
        3,
      ),
      pace: rounded(
        mean((future, at) => paceAt(future.learned.belief, before(at, day) / known.totalMu)),
        3,
      ),
      machines: rounded(
        mean(future => future.machines[day]),
        1,
      ),
      mu: rounded(
        mean((_, at) => done[at][day] - before(at, day)),
        1,
      ),
    })),
  };
}
