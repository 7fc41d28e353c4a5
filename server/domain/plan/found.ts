import type { Routes } from './routes.ts';
import type { Assignment } from './routing-problem.ts';

/** A plan and what it is worth. */
export interface Found extends Assignment {
  readonly lateH: number;
  /** With what leaving home costs. */
  readonly km: number;
}

/** Less than a metre, or than four milliseconds, is no difference: sums in another sequence differ by more than nothing. */
const SAME = 1e-6;

/** Fewer absent first, then less late, then fewer km. */
export function isBetter(one: Found, other: Found): boolean {
  if (one.absent.length !== other.absent.length) return one.absent.length < other.absent.length;
  if (Math.abs(one.lateH - other.lateH) > SAME) return one.lateH < other.lateH;
  return one.km < other.km - SAME;
}

/** The same question of the plan under search, without taking it out: asked at every step. */
export function beats(routes: Routes, other: Found): boolean {
  if (routes.absentCount !== other.absent.length) return routes.absentCount < other.absent.length;
  if (Math.abs(routes.totalLateH - other.lateH) > SAME) return routes.totalLateH < other.lateH;
  return routes.totalCost - routes.prices.lateHourKm * routes.totalLateH < other.km - SAME;
}

export function takenFrom(routes: Routes): Found {
  const lateH = sum(routes.lateH);
  return { ...routes.assignment(), lateH, km: sum(routes.cost) - routes.prices.lateHourKm * lateH };
}

const sum = (numbers: Float64Array): number => numbers.reduce((total, one) => total + one, 0);
