import type { Journal } from './journal.ts';
import type { Routes } from './routes.ts';

/**
 * Which of two plans leaves out the easier orders. An order that stays out again and again gets heavier, so that sooner or later others
 * make room for it (the absence counters of Christiaens & Vanden Berghe 2020).
 */
export class Absence {
  private readonly weight: Float64Array;

  constructor(private readonly routes: Routes) {
    this.weight = new Float64Array(routes.problem.orderCount).fill(1);
  }

  /** Whether the plan under search is better in this than it was at the step's beginning: −1 yes, 1 no, 0 just the same. */
  compare(before: Journal): number {
    const { absent, absentCount } = this.routes;
    if (absentCount === 0 && before.absentCount === 0) return 0;
    let [now, then] = [0, 0];
    for (let i = 0; i < absentCount; i++) now += this.weight[absent[i]]++;
    for (let i = 0; i < before.absentCount; i++) then += this.weight[before.absent[i]];
    if (absentCount !== before.absentCount && now >= then) return Math.sign(absentCount - before.absentCount);
    return absentCount < before.absentCount || now < then ? -1 : 0;
  }
}
