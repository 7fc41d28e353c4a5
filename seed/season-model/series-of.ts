import type { Series } from '../../shared/forecast.ts';
import { addDays, type Operation } from '../../shared/season.ts';
import { FIRST_DAY } from './country.ts';
import { LONGEST_DAYS, type Season } from './season.ts';
import { wander } from './wander.ts';

/** A season played to its end, and the days it was reported in. */
export interface Played {
  operation: Operation;
  totalMu: number;
  deadline: string;
  /** Cumulative, from the first day on which anything was done. */
  days: Series['days'];
  /** Day of the season of `days[0]`. */
  firstDay: number;
  /** Unit by number, or all of them. */
  units: number[];
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Plays it as it goes by itself: machines without work wander on. */
export function playOut(season: Season): void {
  while (season.day < LONGEST_DAYS && !(season.isCut && season.isSown)) season.advance(wander(season));
}

/** What clerks would have reported of these units. */
export function playedSeries(season: Season, operation: Operation, units: number[]): Played {
  const sum = (of: (unit: number) => number) => units.reduce((total, unit) => total + of(unit), 0);
  const totalMu = tenth(sum(unit => (operation === 'harvest' ? season.units[unit].plantedMu : season.sowMu(unit))));
  const doneOn = (day: number) =>
    sum(unit => (operation === 'harvest' ? season.reports[unit][day].cutMu : season.reports[unit][day].sownMu));
  const rows = Array.from({ length: season.day }, (_, day) => {
    const forgotten = season.kind.reportedLate * (day > 0 ? doneOn(day) - doneOn(day - 1) : 0);
    const isAll = doneOn(day) >= totalMu - 0.05;
    return {
      date: addDays(FIRST_DAY, day),
      doneMu: tenth(Math.min(totalMu, isAll ? totalMu : doneOn(day) - forgotten)),
      machines: sum(unit => season.reports[unit][day][operation === 'harvest' ? 'machines' : 'seeders']),
      rainMm: tenth(sum(unit => season.reports[unit][day].rainMm) / units.length),
    };
  });
  const firstDay = Math.max(
    0,
    rows.findIndex(row => row.doneMu > 0.002 * totalMu),
  );
  const deadline = addDays(FIRST_DAY, operation === 'harvest' ? 15 : 28);
  return { operation, totalMu, deadline, days: rows.slice(firstDay), firstDay, units };
}

/** What a forecast may know on the evening of its row `at`. */
export function seriesAt(season: Season, played: Played, at: number): Series {
  const { operation, totalMu, deadline, days } = played;
  const day = played.firstDay + at;
  const outlook = Array.from({ length: season.kind.outlookDays }, (_, ahead) => ({
    date: addDays(days[at].date, ahead + 1),
    rainMm: tenth(played.units.reduce((sum, unit) => sum + season.weather.outlook(unit, day, ahead + 1), 0) / played.units.length),
  }));
  return { operation, totalMu, deadline, asOf: days[at].date, days: days.slice(0, at + 1), outlook };
}
