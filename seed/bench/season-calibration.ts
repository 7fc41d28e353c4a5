import { forecast } from '../../server/domain/forecast/forecast.ts';
import { doneMark } from '../../server/domain/forecast/known-days.ts';
import type { Series } from '../../shared/forecast.ts';
import type { Day, Operation } from '../../shared/season.ts';
import { Season } from '../season-model/season.ts';
import { type Played, playedSeries, playOut, seriesAt } from '../season-model/series-of.ts';

export const stages = [0.1, 0.25, 0.5, 0.75] as const;

/** One forecast beside what came. */
export interface Trial {
  stage: (typeof stages)[number];
  operation: Operation;
  wholeCity: boolean;
  /** Days from the forecast to the finish; the forecasts' too. */
  came: number;
  p10: number;
  p50: number;
  p90: number;
  /** Remaining area by the mean rate since the start, and by that of the last three days. */
  plain: number;
  plainLate: number;
  chance: number;
  inTime: boolean;
}

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** Days that a division of what remains gives. */
export function plainDays({ totalMu, days }: Series, window: number): number {
  const from = Math.max(0, days.length - 1 - window);
  const span = days.length - 1 - from;
  const rate = span > 0 ? (days.at(-1)!.doneMu - days[from].doneMu) / span : days.at(-1)!.doneMu;
  return rate > 0 ? Math.min(60, Math.ceil((totalMu - days.at(-1)!.doneMu) / rate)) : 60;
}

/** Every third season is looked at as a city's harvest, as one unit's, as sowing: what a program is asked. */
export function lookAt(season: Season, number: number): Played {
  const all = season.units.map((_, unit) => unit);
  const one = [number % season.units.length];
  if (number % 3 === 0) return playedSeries(season, 'harvest', all);
  if (number % 3 === 1) return playedSeries(season, 'harvest', one);
  return playedSeries(season, 'sow', number % 2 === 0 ? all : one);
}

/** A season's forecasts, one at each stage it went through; none for a season that never ended. */
export function trialsOf(seed: string, number: number): Trial[] {
  const season = new Season(seed);
  playOut(season);
  const played = lookAt(season, number);
  const end = played.days.findIndex(row => row.doneMu >= doneMark(played.totalMu));
  if (end < 0) return [];
  return stages.flatMap(stage => {
    const at = played.days.findIndex(row => row.doneMu >= stage * played.totalMu);
    return at >= end
      ? []
      : [trial(seriesAt(season, played, at), { stage, end: played.days[end].date, wholeCity: played.units.length > 1 })];
  });
}

function trial(series: Series, { stage, end, wholeCity }: { stage: Trial['stage']; end: Day; wholeCity: boolean }): Trial {
  const { finish, chanceInTime } = forecast(series);
  const days = (day: Day | null) => (day === null ? 60 : daysBetween(series.asOf, day));
  return {
    stage,
    operation: series.operation,
    wholeCity,
    came: daysBetween(series.asOf, end),
    p10: days(finish.p10),
    p50: days(finish.p50),
    p90: days(finish.p90),
    plain: plainDays(series, 99),
    plainLate: plainDays(series, 3),
    chance: chanceInTime ?? 0,
    inTime: end <= series.deadline,
  };
}

export interface Calibration {
  forecasts: number;
  /** Share of finishes within the band, and before and after it. */
  held: number;
  before: number;
  after: number;
  meanErrorDays: number;
  meanPlainErrorDays: number;
  meanPlainLateErrorDays: number;
  bandDays: number;
  /** Mean squared error of the chance in time. */
  brier: number;
}

export function calibrationOf(trials: readonly Trial[]): Calibration {
  const mean = (of: (one: Trial) => number) => Math.round((trials.reduce((sum, one) => sum + of(one), 0) / trials.length) * 1000) / 1000;
  return {
    forecasts: trials.length,
    held: mean(one => Number(one.p10 <= one.came && one.came <= one.p90)),
    before: mean(one => Number(one.came < one.p10)),
    after: mean(one => Number(one.came > one.p90)),
    meanErrorDays: mean(one => Math.abs(one.p50 - one.came)),
    meanPlainErrorDays: mean(one => Math.abs(one.plain - one.came)),
    meanPlainLateErrorDays: mean(one => Math.abs(one.plainLate - one.came)),
    bandDays: mean(one => one.p90 - one.p10),
    brier: mean(one => (one.chance - Number(one.inTime)) ** 2),
  };
}
