import type { PlanAnswer, PlanProblem } from '../../shared/plan.ts';
import { planAnswer } from '../domain/plan/plan-answer.ts';
import { planRouting } from '../domain/plan/plan-routing.ts';
import type { Planning, PlanningWish } from './planning.ts';

/** A plan for a problem as people put it, found by threads. */
export async function planFor(
  planning: Planning,
  problem: PlanProblem,
  { seed, untilMs }: Pick<PlanningWish, 'seed' | 'untilMs'>,
): Promise<PlanAnswer> {
  const translated = planRouting(problem);
  const { routing, begin } = translated;
  return planAnswer(problem, translated, await planning.plan({ routing, begin, seed, untilMs }));
}
