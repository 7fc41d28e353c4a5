import type { ShortfallCause } from '../../../shared/moves.ts';
import type { Board } from './board.ts';
import { lateOf, type WholePlan } from './whole-plan.ts';

export interface Shortfall {
  unit: number;
  mu: number;
  cause: ShortfallCause;
}

/** Less than this is nobody's shortfall. */
const LEAST_MU = 0.05;

/** Why a unit is late with this plan, at the expected rates: each part of its late mu under the first cause that explains it. */
export function shortfalls(board: Board, plan: WholePlan): Shortfall[] {
  return Array.from({ length: board.units }, (_, unit) => shortfallsOf(board, plan, unit)).flat();
}

function shortfallsOf(board: Board, plan: WholePlan, unit: number): Shortfall[] {
  const late = lateOf(board, unit, plan.courseOf(unit, 1));
  if (late < LEAST_MU) return [];
  const deadline = board.deadlineDay[unit];
  if (deadline < 0) return [{ unit, mu: late, cause: 'deadlinePassed' }];
  const unripe = Math.min(late, board.remainingMu[unit] - board.ripeMu[unit][deadline]);
  const inSunshine = Math.max(unripe, lateOf(board, unit, plan.courseOf(unit, 1, true)));
  const parts: Shortfall[] = [
    { unit, mu: unripe, cause: 'notRipe' },
    { unit, mu: Math.max(0, late - inSunshine), cause: 'weather' },
    { unit, mu: Math.min(late, inSunshine) - unripe, cause: hasSpareElsewhere(board, plan, unit) ? 'tooFar' : 'noSpareMachines' },
  ];
  return parts.filter(({ mu }) => mu >= LEAST_MU);
}

/** A unit that will be done a day before this one's deadline has machines to spare, if only they were nearer. */
function hasSpareElsewhere(board: Board, plan: WholePlan, unit: number): boolean {
  const before = Math.max(0, board.deadlineDay[unit] - 1);
  for (let other = 0; other < board.units; other++) {
    if (other === unit || plan.machinesAt(other, before) === 0) continue;
    if (plan.courseOf(other, 1)[before] >= board.remainingMu[other] - LEAST_MU) return true;
  }
  return false;
}
