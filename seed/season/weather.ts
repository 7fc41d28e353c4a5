import type { Day } from '../../shared/season.ts';
import { priorReportAt } from './demo-dates.ts';
import { PRIOR_AUTHOR } from './prior-work.ts';

/** Invented, as all of the demonstration: what fell at the end of May, and an outlook with a spell of rain on the 8th and 9th, mm. */
const CITY_RAIN: Readonly<Record<string, number>> = {
  '05-30': 0,
  '05-31': 4,
  '06-01': 0,
  '06-02': 0,
  '06-03': 0,
  '06-04': 0,
  '06-05': 0,
  '06-06': 0,
  '06-07': 2,
  '06-08': 10,
  '06-09': 4,
  '06-10': 0,
  '06-11': 0,
  '06-12': 0,
  '06-13': 0,
  '06-14': 3,
  '06-15': 0,
};

/** The mountains in the west get more of it, the plain in the east less. */
const COUNTY_RAIN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '410185': { '06-08': 16, '06-09': 8 },
  '410181': { '06-08': 14 },
  '410122': { '06-08': 6, '06-09': 2 },
};

/** What falls: in the demonstration the outlook comes true. */
export const rainOn = (county: string, day: Day): number => COUNTY_RAIN[county]?.[day.slice(5)] ?? CITY_RAIN[day.slice(5)] ?? 0;

export interface SeededRain {
  division: string;
  day: Day;
  rainMm: number;
  at: number;
  author: string;
}

/** @param city code of the city; counties that are not there are left out */
export function demoRain(year: number, city: string, counties: ReadonlySet<string>): SeededRain[] {
  const rows = (division: string, days: Readonly<Record<string, number>>) =>
    Object.entries(days).map(([day, rainMm]) => ({
      division,
      day: `${year}-${day}`,
      rainMm,
      at: priorReportAt(year),
      author: PRIOR_AUTHOR,
    }));
  const own = Object.entries(COUNTY_RAIN).filter(([code]) => counties.has(code));
  return [...rows(city, CITY_RAIN), ...own.flatMap(([code, days]) => rows(code, days))];
}
