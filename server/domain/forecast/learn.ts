import { type Belief, breadthOf, drawBelief, paceAt, type RatePrior, weatherDeviation, workableShares } from './belief.ts';
import { normal, type Uniform } from './chance.ts';
import type { KnownDays, Step } from './known-days.ts';

/** A belief with the rate and the state of the last day that the series leaves it. */
export interface Learned {
  belief: Belief;
  /** Logarithm of mu per machine-day, and the last day's deviation from it. */
  logRate: number;
  deviation: number;
  /** Rain up to the last day, which the ground remembers. */
  rainMm: readonly number[];
}

export interface Lesson {
  draws: Learned[];
  /** 0..1: variance of the rate that is left of the prior's. */
  priorShare: number;
}

/** Mean and covariance of (logarithm of the rate, deviation of the day). */
interface State {
  rate: number;
  deviation: number;
  rateVar: number;
  cross: number;
  deviationVar: number;
}

const BELIEFS = 1000;
/** Steps that are filled in, or of unknown length, teach less: standard deviation of the logarithm on top. */
const FILLED_DEVIATION = 0.25;
const FIRST_DEVIATION = 0.6;
/** A first row above this many times the usual day's work sums up several days and teaches nothing. */
const MOST_A_DAY = 2.5;
/** A smallest share of a usual day that can be told from nothing. */
const LEAST_DAY = 0.04;

/** Draws beliefs by how well they explain the series; rate and deviation are weighed exactly (Kalman), the rest by drawing. */
export function learn(known: KnownDays, prior: RatePrior, { uniform, draws }: { uniform: Uniform; draws: number }): Lesson {
  const rainMm = known.steps.flatMap(step => step.rainMm);
  const breadth = breadthOf(Math.max(1, ...known.counts.map(({ machines }) => machines ?? 0)));
  const all = Array.from({ length: BELIEFS }, () => {
    const belief = drawBelief(uniform, breadth);
    return { belief, ...weigh(known, belief, { prior, rainMm }) };
  });
  const chosen = resample(all, uniform, draws);
  // The rain of a day that is not over comes with the days ahead.
  const fallen = known.firstDayShare < 1 ? rainMm.slice(0, -1) : rainMm;
  const learned = chosen.map(({ belief, state }) => {
    const one = normal(uniform);
    const slope = state.rateVar > 0 ? state.cross / state.rateVar : 0;
    const rest = Math.sqrt(Math.max(0, state.deviationVar - slope * state.cross));
    const offRate = Math.sqrt(state.rateVar) * one;
    return { belief, logRate: state.rate + offRate, deviation: state.deviation + slope * offRate + rest * normal(uniform), rainMm: fallen };
  });
  const priorVar = prior.spread ** 2;
  const left = learned.reduce((sum, { logRate }) => sum + logRate, 0) / draws;
  const variance = learned.reduce((sum, { logRate }) => sum + (logRate - left) ** 2, 0) / draws;
  return { draws: learned, priorShare: Math.min(1, variance / priorVar) };
}

interface Weighed {
  belief: Belief;
  state: State;
  logWeight: number;
}

/** Systematic resampling; weights are flattened until at least a fiftieth of the beliefs still counts. */
function resample(all: readonly Weighed[], uniform: Uniform, draws: number): Weighed[] {
  const best = all.reduce((most, { logWeight }) => Math.max(most, logWeight), Number.NEGATIVE_INFINITY);
  let [heat, weights] = [1, [] as number[]];
  for (; ; heat *= 0.8) {
    weights = all.map(({ logWeight }) => Math.exp(heat * (logWeight - best)));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum ** 2 / weights.reduce((total, weight) => total + weight ** 2, 0) >= all.length / 50) break;
  }
  const stride = weights.reduce((total, weight) => total + weight, 0) / draws;
  const chosen: Weighed[] = [];
  let reached = stride * uniform();
  for (let [at, passed] = [0, 0]; at < all.length && chosen.length < draws; at++) {
    for (passed += weights[at]; reached < passed && chosen.length < draws; reached += stride) chosen.push(all[at]);
  }
  while (chosen.length < draws) chosen.push(all.at(-1)!);
  return chosen;
}

function weigh(known: KnownDays, belief: Belief, { prior, rainMm }: { prior: RatePrior; rainMm: readonly number[] }) {
  const shares = workableShares(belief, rainMm);
  const median = Math.log(prior.median);
  const start = belief.dayDeviation ** 2;
  const state: State = { rate: median, deviation: 0, rateVar: prior.spread ** 2, cross: 0, deviationVar: start };
  let [logWeight, day] = [0, 0];
  for (const step of known.steps) {
    const seen = observe(step, belief, { shares: shares.subarray(day, day + step.rainMm.length), totalMu: known.totalMu });
    day += step.rainMm.length;
    foresee(state, belief);
    const usable = seen.machineDays > 0 && !step.slight && !(step.first && step.mu > MOST_A_DAY * prior.median * step.machines[0]);
    if (usable) logWeight += update(state, step, seen);
  }
  return { state, logWeight };
}

interface Seen {
  /** Machine-days at full pace that the step was worth. */
  machineDays: number;
  allMachineDays: number;
  workable: number;
}

function observe(step: Step, belief: Belief, { shares, totalMu }: { shares: Float64Array; totalMu: number }): Seen {
  // The pace at a quarter and three quarters of the stretch stands for all of it.
  const doneAt = (share: number) => Math.min(1, (step.fromMu + share * step.mu) / totalMu);
  const pace = (paceAt(belief, doneAt(0.25)) + paceAt(belief, doneAt(0.75))) / 2;
  let [machineDays, allMachineDays] = [0, 0];
  for (const [day, machines] of step.machines.entries()) {
    machineDays += machines * shares[day] * pace;
    allMachineDays += machines;
  }
  return { machineDays, allMachineDays, workable: pace > 0 && allMachineDays > 0 ? machineDays / pace / allMachineDays : 0 };
}

/** The day's deviation lives on by its memory. */
function foresee(state: State, { dayMemory, dayDeviation }: Belief): void {
  state.deviation *= dayMemory;
  state.cross *= dayMemory;
  state.deviationVar = dayMemory ** 2 * state.deviationVar + (1 - dayMemory ** 2) * dayDeviation ** 2;
}

/**
 * One day's work teaches rate and deviation. Logarithms of work plus a small amount: a day on which nothing was done and nothing expected
 * teaches nothing, one on which nothing was done against expectation a lot.
 * @returns the logarithm of how likely the work was
 */
function update(state: State, step: Step, { machineDays, allMachineDays, workable }: Seen): number {
  const rate = Math.exp(state.rate + state.deviation);
  const least = LEAST_DAY * allMachineDays * rate;
  const expected = machineDays * rate;
  const off = Math.log((step.mu + least) / (expected + least));
  const slope = expected / (expected + least);
  const noise =
    (slope * weatherDeviation(workable)) ** 2 +
    0.05 ** 2 +
    (step.filled ? FILLED_DEVIATION ** 2 : 0) +
    (step.first ? FIRST_DEVIATION ** 2 : 0);
  const towardsRate = slope * (state.rateVar + state.cross);
  const towardsDeviation = slope * (state.cross + state.deviationVar);
  const variance = slope * (towardsRate + towardsDeviation) + noise;
  state.rate += (towardsRate / variance) * off;
  state.deviation += (towardsDeviation / variance) * off;
  state.rateVar -= towardsRate ** 2 / variance;
  state.cross -= (towardsRate * towardsDeviation) / variance;
  state.deviationVar -= towardsDeviation ** 2 / variance;
  // A tail heavier than the normal one: a single odd day must not decide between beliefs.
  return -0.5 * Math.log(variance) - 2.5 * Math.log1p(off ** 2 / variance / 4);
}
