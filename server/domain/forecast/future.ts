import { paceAt, weatherDeviation, workableShares } from './belief.ts';
import { normal, type Uniform } from './chance.ts';
import type { Learned } from './learn.ts';
import { drawMachines, type MachineTrend } from './machines-ahead.ts';
import { drawRain } from './rain-ahead.ts';

/** One way the days ahead may go: everything but how many machines there are is drawn. */
export interface Future {
  learned: Learned;
  rainMm: Float64Array;
  workable: Float64Array;
  machines: Float64Array;
  /** Mu per machine on a fully workable day at full pace. */
  muPerMachine: Float64Array;
}

export interface Ahead {
  outlookMm: readonly (number | null)[];
  trend: MachineTrend;
}

export function drawFuture(uniform: Uniform, learned: Learned, { outlookMm, trend }: Ahead): Future {
  const days = outlookMm.length;
  const rainMm = drawRain(uniform, outlookMm, learned.rainMm.at(-1) ?? 0);
  const workable = workableShares(learned.belief, [...learned.rainMm, ...rainMm]).subarray(learned.rainMm.length);
  const { dayMemory, dayDeviation } = learned.belief;
  const muPerMachine = new Float64Array(days);
  let deviation = learned.deviation;
  for (let day = 0; day < days; day++) {
    deviation = dayMemory * deviation + Math.sqrt(1 - dayMemory ** 2) * dayDeviation * normal(uniform);
    workable[day] = Math.min(1, workable[day] * Math.exp(weatherDeviation(workable[day]) * normal(uniform)));
    muPerMachine[day] = Math.exp(learned.logRate + deviation);
  }
  return { learned, rainMm, workable, machines: drawMachines(uniform, trend, days), muPerMachine };
}

/** Within a day the pace changes as the rest shrinks. */
const PARTS_OF_DAY = 4;

/** Done after a day that began with `doneMu`. */
export function workDay(
  future: Future,
  day: number,
  { doneMu, totalMu, machines }: { doneMu: number; totalMu: number; machines: number },
): number {
  const fullMu = (machines * future.workable[day] * future.muPerMachine[day]) / PARTS_OF_DAY;
  let done = doneMu;
  for (let part = 0; part < PARTS_OF_DAY; part++) done = Math.min(totalMu, done + fullMu * paceAt(future.learned.belief, done / totalMu));
  return done;
}

/** The smallest steady number of machines with which it would be done within these days, null when no number would do. */
export function machinesNeeded(
  future: Future,
  days: number,
  { doneMu, totalMu, mark }: { doneMu: number; totalMu: number; mark: number },
): number | null {
  const suffices = (machines: number): boolean => {
    let done = doneMu;
    for (let day = 0; day < days && done < mark; day++) done = workDay(future, day, { doneMu: done, totalMu, machines });
    return done >= mark;
  };
  let high = 1;
  for (; !suffices(high); high *= 2) if (high > 1e7) return null;
  let low = 0;
  while (high - low > Math.max(0.5, 0.005 * high)) {
    const middle = (low + high) / 2;
    if (suffices(middle)) high = middle;
    else low = middle;
  }
  return high;
}
