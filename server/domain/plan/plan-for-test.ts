import { type PlanAnswer, type PlanProblem, planProblemSchema } from '../../../shared/plan.ts';
import { compileProblem } from './compiled-problem.ts';
import { planAnswer } from './plan-answer.ts';
import { planRouting } from './plan-routing.ts';
import { seededRandom } from './random.ts';
import { type Budget, search } from './search.ts';

/** So many looks at the budget, sixteen steps each, however fast the machine. */
export function lookBudget(looks: number): Budget {
  let looked = 0;
  return { shouldStop: () => looked++ >= looks, spent: () => looked / looks };
}

/** Driving 10 km/h on straight roads unless said otherwise: 10 km are an hour. */
export function problemOf(members: object): PlanProblem {
  return planProblemSchema.parse({ speedKmh: 10, detour: 1, horizonH: 100, machines: [], orders: [], ...members });
}

export function planOf(members: object, { looks = 60, seed = 1 } = {}): PlanAnswer {
  const problem = problemOf(members);
  const translated = planRouting(problem);
  const { routing, begin } = translated;
  return planAnswer(problem, translated, search(compileProblem(routing), { random: seededRandom(seed), begin, budget: lookBudget(looks) }));
}
