import type { Random } from '../season/random.ts';
import type { SeasonKind } from './season-kind.ts';

/** Rain of a whole season, hour by hour and unit by unit, drawn from a stream of its own: no decision can change it. */
export interface Weather {
  /** mm in an hour. */
  rainAt(unit: number, day: number, hour: number): number;
  rainOf(unit: number, day: number): number;
  /** What a forecaster says on the evening of `day` of the rain `ahead` days later; the same whenever it is asked. */
  outlook(unit: number, day: number, ahead: number): number;
}

interface Shower {
  from: number;
  hours: number;
  mm: number;
}

const MOST_AHEAD = 10;

/** Spells: dry ones of drawn length, then wet days, each with one shower over the city that falls unevenly on its units. */
export function drawWeather(kind: SeasonKind, days: number, random: Random): Weather {
  const total = days + MOST_AHEAD + 1;
  const showers: (Shower | null)[] = [];
  const exponential = (mean: number) => -mean * Math.log(1 - random.next());
  while (showers.length < total) {
    for (let left = Math.round(exponential(kind.drySpellDays)); left > 0; left--) showers.push(null);
    for (let left = 1 + Math.floor(exponential(kind.wetSpellDays - 1)); left > 0; left--)
      showers.push({ from: random.whole(24), hours: 1 + random.whole(9), mm: exponential(kind.wetDayMm) });
  }
  const shares = Array.from({ length: kind.units }, () => showers.map(() => Math.exp(0.35 * random.normal() - 0.06)));
  const errors = Array.from({ length: total }, () =>
    Array.from({ length: MOST_AHEAD + 1 }, () => ({ amount: random.normal(), surprise: random.next(), mm: exponential(4) })),
  );
  const rainOf = (unit: number, day: number) => (showers[day]?.mm ?? 0) * shares[unit][day];
  return {
    rainOf,
    rainAt(unit, day, hour) {
      const shower = showers[day];
      if (shower === null || hour < shower.from || hour >= Math.min(24, shower.from + shower.hours)) return 0;
      return rainOf(unit, day) / (Math.min(24, shower.from + shower.hours) - shower.from);
    },
    outlook(unit, day, ahead) {
      const error = errors[day][ahead];
      const surprised = error.surprise < 0.02 + 0.1 * kind.outlookError * Math.sqrt(ahead);
      const mm = rainOf(unit, day + ahead);
      if (surprised) return mm > 1 ? 0 : error.mm;
      return mm * Math.exp(kind.outlookError * error.amount);
    },
  };
}
