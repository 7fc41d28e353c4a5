import { normal, type Uniform } from './chance.ts';
import type { KnownDays } from './known-days.ts';

/** Machines of the days ahead: the trend of late days fades, and every day brings its own change. */
export interface MachineTrend {
  now: number;
  /** Logarithm a day, and how unsure it is. */
  growth: number;
  growthDeviation: number;
  dayDeviation: number;
}

const TREND_KEPT = 0.7;

export function drawMachines(uniform: Uniform, trend: MachineTrend, days: number): Float64Array {
  const machines = new Float64Array(days);
  let growth = trend.growth + trend.growthDeviation * normal(uniform);
  let count = trend.now;
  for (let day = 0; day < days; day++) {
    growth *= TREND_KEPT;
    count *= Math.exp(growth + trend.dayDeviation * normal(uniform));
    machines[day] = count;
  }
  return machines;
}

/** Days with rain on which nothing was done say nothing of the machines that are there. */
const saysNothing = ({ mu, rainMm }: { mu: number; rainMm: number }): boolean => mu === 0 && rainMm > 0;

/** A change of 8 % a day is usual; it counts as four days of knowledge. */
const USUAL_CHANGE = 0.08;
const USUAL_CHANGE_DAYS = 4;
/** A trend is believed by half after three changes. */
const TREND_DAYS = 3;
const TREND_WINDOW = 4;

/** Null when no count is known; `now` 0 when there are none. */
export function machineTrend({ counts }: KnownDays): MachineTrend | null {
  const known = counts.filter(row => row.machines !== null && !(row.machines === 0 && saysNothing(row))).map(row => row.machines!);
  if (known.length === 0) return null;
  const present = known.filter(count => count > 0);
  const changes = present.slice(1).map((count, at) => Math.log(count / present[at]));
  const late = changes.slice(-TREND_WINDOW);
  const growth = late.reduce((sum, change) => sum + change, 0) / (late.length + TREND_DAYS);
  const scatter = late.reduce((sum, change) => sum + (change - growth) ** 2, 0);
  const dayDeviation = Math.sqrt((USUAL_CHANGE_DAYS * USUAL_CHANGE ** 2 + scatter) / (USUAL_CHANGE_DAYS + late.length));
  const growthDeviation = Math.min(0.15, dayDeviation / Math.sqrt(late.length + 1));
  return { now: known.at(-1)!, growth, growthDeviation, dayDeviation };
}
