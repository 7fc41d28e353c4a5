import { isSkilled } from './alone.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';
import type { Routes } from './routes.ts';

/** How often a machine's start is tried as the stop before, not a neighbour: so that a whole route can go to a machine that is nearer. */
const FROM_START = 0.3;
/** What sums of hours may be off by. */
const DUST_H = 1e-10;

/**
 * Two machines exchange the rest of their routes (2-opt*, Potvin & Rousseau 1995): what a ruin of a few orders cannot do, as the greedy
 * way back leads to where they were.
 */
export class TailSwap {
  constructor(
    private readonly routes: Routes,
    private readonly journal: Journal,
    private readonly random: Random,
  ) {}

  /**
   * Tries one exchange at random that costs at most so many km more by its two new legs.
   * @returns whether it was made; all hard limits are kept then
   */
  run(mostKm: number): boolean {
    const { routes, random } = this;
    const { orderCount: n, machineCount: m, fitting, fittingCount } = routes.problem;
    const to = Math.floor(random() * n);
    const isStart = fittingCount === 0 || random() < FROM_START;
    const from = isStart ? n + Math.floor(random() * m) : fitting[to * fittingCount + Math.floor(random() * fittingCount)];
    const giving = routes.machineOf[to];
    const taking = isStart ? from - n : routes.machineOf[from];
    if (giving < 0 || taking < 0 || giving === taking) return false;
    if (!this.isWorthTrying(from, to, mostKm)) return false;
    this.journal.keep(giving);
    this.journal.keep(taking);
    this.exchange(from, to);
    routes.refresh(giving);
    routes.refresh(taking);
    return this.keepsLimits(giving) && this.keepsLimits(taking);
  }

  private isWorthTrying(from: number, to: number, mostKm: number): boolean {
    const { next, previous, gapKm, problem } = this.routes;
    const before = previous[to];
    const behind = next[from];
    // What follows `from` goes behind `before`; if that is nothing, its machine ends there, which costs about what it did.
    const otherKm = behind < problem.orderCount ? problem.distances.between(before, behind) - gapKm[from] : 0;
    return problem.distances.between(from, to) + otherKm - gapKm[before] < mostKm;
  }

  private exchange(from: number, to: number): void {
    const { next, previous, problem } = this.routes;
    const { orderCount: n, machineCount: m } = problem;
    const before = previous[to];
    const behind = next[from];
    const giving = this.routes.machineOf[to];
    const taking = from < n ? this.routes.machineOf[from] : from - n;
    const [givingEnd, takingEnd] = [n + m + giving, n + m + taking];
    const lastGiven = previous[givingEnd];
    const lastTaken = previous[takingEnd];
    next[from] = to;
    previous[to] = from;
    next[lastGiven] = takingEnd;
    previous[takingEnd] = lastGiven;
    const isEmpty = behind === takingEnd;
    next[before] = isEmpty ? givingEnd : behind;
    if (isEmpty) previous[givingEnd] = before;
    else {
      previous[behind] = before;
      next[lastTaken] = givingEnd;
      previous[givingEnd] = lastTaken;
    }
  }

  private keepsLimits(machine: number): boolean {
    const { next, leaveH, gapKm, load, problem } = this.routes;
    const { orderCount: n, capacity, latestStartH, serviceH, hours, hoursPerKm } = problem;
    if (load[machine] > capacity[machine]) return false;
    let last = n + machine;
    for (let node = next[last]; node < n; node = next[node]) {
      if (!isSkilled(problem, machine, node) || leaveH[node] - serviceH[node] > latestStartH[node] + DUST_H) return false;
      last = node;
    }
    return last >= n || hours.after(machine, leaveH[last], gapKm[last] * hoursPerKm) <= hours.endH[machine] + DUST_H;
  }
}
