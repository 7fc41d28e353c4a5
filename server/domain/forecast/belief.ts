import type { Operation } from '../../../shared/season.ts';
import { around, between, type Uniform } from './chance.ts';

/** One way the season may work: drawn from the prior, weighed by how well it explains the days that are known. */
export interface Belief {
  /** Rain of a day that leaves 1/e of it workable, mm. */
  rainMm: number;
  /** Share of the ground's wetness that is left a day later. */
  wetnessKept: number;
  /** Wetness in mm at which half a dry day can be worked. */
  wetMm: number;
  /** The rate falls when less than this share remains … */
  lateShare: number;
  /** … by this power of what remains of it. */
  latePower: number;
  /** Pace on the first day, before much is ripe, … */
  earlyPace: number;
  /** … and the share done from which on all machines find work. */
  earlyShare: number;
  /** Standard deviation of a day's logarithm around the mean, and how much of it the next day keeps. */
  dayDeviation: number;
  dayMemory: number;
}

/** Mu per machine-day: median, and standard deviation of the logarithm. */
export interface RatePrior {
  median: number;
  spread: number;
}

/**
 * Combines do 25–50 mu a day (80 harvester-days of June 2021), seeders about 15. Counts of machines include idle and unreported ones to
 * a degree that differs from place to place, so the spread is wider than between machines: Zhengzhou 2023 did 38–65 mu per combine.
 */
export const ratePriors: Record<Operation, RatePrior> = {
  harvest: { median: 38, spread: 0.35 },
  sow: { median: 16, spread: 0.35 },
};

/** What is looked at, by its machines: from a village's dozen (0) to a city's hundreds (1). */
export function breadthOf(machines: number): number {
  return Math.min(1, Math.max(0, Math.log(machines / 15) / Math.log(300 / 15)));
}

const mix = (low: number, high: number, share: number): number => low * (high / low) ** share;

/** A city is done when the last of its units is, so its tail is longer; its days differ less, as a mean of many. */
export function drawBelief(uniform: Uniform, breadth: number): Belief {
  return {
    rainMm: around(uniform, 6, 0.6),
    wetnessKept: between(uniform, 0.2, 0.75),
    wetMm: around(uniform, 9, 0.6),
    lateShare: Math.min(0.5, around(uniform, mix(0.07, 0.18, breadth), mix(0.6, 0.5, breadth))),
    latePower: between(uniform, mix(0.25, 0.35, breadth), mix(0.95, 1.15, breadth)),
    earlyPace: Math.min(1, between(uniform, 0.03, 1.03)),
    earlyShare: between(uniform, 0.1, 0.5),
    dayDeviation: around(uniform, mix(0.18, 0.13, breadth), 0.4),
    dayMemory: between(uniform, 0, 0.8),
  };
}

/** Not even the last field is waited for forever. */
const SLOWEST = 0.05;

/** What is left of the rate at this stage, 0..1. */
export function paceAt(belief: Belief, doneShare: number): number {
  const early = Math.min(1, belief.earlyPace + (1 - belief.earlyPace) * (doneShare / belief.earlyShare));
  const left = 1 - doneShare;
  const late = left >= belief.lateShare ? 1 : Math.max(SLOWEST, (left / belief.lateShare) ** belief.latePower);
  return early * late;
}

/** Workable share of each day, 0..1, from the rain of the day and the ground wet from the days before. */
export function workableShares(belief: Belief, rainMm: ArrayLike<number>): Float64Array {
  const shares = new Float64Array(rainMm.length);
  let wetness = 0;
  for (let day = 0; day < rainMm.length; day++) {
    shares[day] = Math.exp(-rainMm[day] / belief.rainMm) / (1 + (wetness / belief.wetMm) ** 2);
    wetness = belief.wetnessKept * (wetness + rainMm[day]);
  }
  return shares;
}

/** A day that is half lost is far less certain than a whole one: standard deviation of its logarithm on top. */
export const weatherDeviation = (workableShare: number): number => 0.35 * (1 - workableShare);
