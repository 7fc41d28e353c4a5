import type { PlanAnswer, PlanProblem } from '../../../shared/plan.ts';
import { planFor } from '../plan-for.ts';
import { Planning } from '../planning.ts';

/** A plan of a county is there after so long; a few orders need less. */
const MOST_MS = 2000;
const LEAST_MS = 300;
const MS_AN_ORDER = 25;
/** Some of the time goes into putting the question and reading the answer. */
const OVERHEAD_MS = 150;

/** The threads that plan, begun when they are first needed: one problem after the other. */
export class PlanWorks {
  private planning: Planning | null = null;
  private lane: Promise<unknown> = Promise.resolve();

  /** Loads the threads' code, so that the first plan does not wait for it. */
  warm(): Promise<void> {
    return this.threads().ready();
  }

  plan(problem: PlanProblem): Promise<PlanAnswer> {
    const turn = this.lane.then(async () => {
      const planning = this.threads();
      await planning.ready();
      const budgetMs = Math.min(MOST_MS - OVERHEAD_MS, LEAST_MS + MS_AN_ORDER * problem.orders.length);
      return planFor(planning, problem, { seed: 1, untilMs: Date.now() + budgetMs });
    });
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    const { planning } = this;
    this.planning = null;
    await planning?.close();
  }

  private threads(): Planning {
    this.planning ??= new Planning();
    return this.planning;
  }
}
