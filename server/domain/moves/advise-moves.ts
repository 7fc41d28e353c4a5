import type { MovesAdvice, MovesProblem } from '../../../shared/moves.ts';
import { addDays, type Day } from '../../../shared/season.ts';
import { type Board, boardOf, LATE_COST } from './board.ts';
import { diveByDays } from './dive.ts';
import type { SolveLinear } from './linear-program.ts';
import { type Flow, moveProgram } from './move-program.ts';
import { roundMoves } from './round-moves.ts';
import { shortfalls } from './unmet.ts';
import { wholeCuts } from './whole-cuts.ts';
import { lateOf, type Outcome, WholePlan } from './whole-plan.ts';

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** What a plan is made with: the solver of the relaxation, and when to stop improving. */
export interface Means {
  solve: SolveLinear;
  shouldStop: () => boolean;
}

/**
 * Advice between units: which machines go where on which day, so that the least is late, then it is done soonest, then the road is shortest.
 * @throws Error when the solver finds no optimum, which a correct problem always has
 */
export function adviseMoves(problem: MovesProblem, { solve, shouldStop }: Means): MovesAdvice {
  const board = boardOf(problem);
  const relaxed = relax(board, { solve, shouldStop });
  const plan = roundMoves(board, relaxed, shouldStop);
  const stay = new WholePlan(board);
  const boundCost = relaxed.cost;
  return {
    moves: plan
      .flows()
      .toSorted((one, other) => one.day - other.day || one.from - other.from || one.to - other.to)
      .map(flow => moveOf(problem, board, flow)),
    units: problem.units.map(({ unit }, at) => ({ unit, ...effectOn(problem, board, { at, stay, plan }) })),
    value: {
      stay: shown(stay.outcome()),
      plan: shown(plan.outcome()),
      bound: shown(relaxed.outcome),
      planCost: rounded(plan.cost, 1),
      boundCost: rounded(boundCost, 1),
      gap: boundCost > 0 ? Math.max(0, rounded(plan.cost / boundCost - 1, 5)) : 0,
    },
    unmet: shortfalls(board, plan).map(({ unit, mu, cause }) => ({ unit: problem.units[unit].unit, mu: rounded(mu, 1), cause })),
  };
}

const shown = ({ lateMu, muDays, km }: Outcome): Outcome => ({
  lateMu: rounded(lateMu, 1),
  muDays: rounded(muDays, 1),
  km: rounded(km, 1),
});

/** Of cuts; after these there is little to gain. */
const MOST_ROUNDS = 4;

interface Relaxed {
  flows: Flow[];
  /** Whole machines near them, day by day. */
  dived: Flow[];
  cost: number;
  outcome: Outcome;
}

function relax(board: Board, { solve, shouldStop }: Means): Relaxed {
  const whole = moveProgram(board);
  const { program, flows, firstFlow, constant } = whole;
  let dived: Flow[] = [];
  let tight: Float64Array | null = null;
  const first = solve(program, (begin, { refix, tighten }) => {
    tight = begin;
    for (let round = 0; round < MOST_ROUNDS && !shouldStop(); round++) {
      const cuts = wholeCuts(board, whole, tight);
      const next = cuts.length > 0 ? tighten(cuts) : null;
      if (next === null) break;
      tight = next;
    }
    dived = diveByDays(whole, tight, { refix, shouldStop });
  });
  const x = tight ?? first;
  if (x === null) throw new Error(`the program of ${board.units} units and ${board.days} days has no optimum`);
  const cost = program.cost.reduce((sum, each, at) => sum + each * x[at], constant);
  const sent = flows.map((flow, at) => ({ ...flow, machines: x[firstFlow + at] }));
  const km = sent.reduce((sum, { from, to, machines }) => sum + machines * board.km[from][to], 0);
  // The columns of late mu stand between those of work done and the flows.
  const lateCost = program.cost.reduce((sum, each, at) => (each > 0 && (firstFlow < 0 || at < firstFlow) ? sum + each * x[at] : sum), 0);
  const outcome = { lateMu: lateCost / LATE_COST, muDays: cost - lateCost - board.kmCost * km, km };
  return { flows: sent, dived, cost, outcome };
}

function moveOf(problem: MovesProblem, board: Board, { k, from, to, day, machines }: Flow): MovesAdvice['moves'][number] {
  return {
    day: addDays(problem.firstDay, day),
    kind: board.kinds[k],
    machines,
    from: problem.units[from].unit,
    to: problem.units[to].unit,
    km: rounded(board.km[from][to], 1),
    hours: rounded(board.hours[from][to], 2),
  };
}

function effectOn(problem: MovesProblem, board: Board, { at, stay, plan }: { at: number; stay: WholePlan; plan: WholePlan }) {
  const courses = { stay: stay.courseOf(at, 1), plan: plan.courseOf(at, 1) };
  const finish = (done: Float64Array): Day | null => {
    const day = done.findIndex(mu => mu >= board.remainingMu[at] - 0.05);
    return day < 0 ? null : addDays(problem.firstDay, day);
  };
  return {
    lateMu: { stay: rounded(lateOf(board, at, courses.stay), 1), plan: rounded(lateOf(board, at, courses.plan), 1) },
    finish: { stay: finish(courses.stay), plan: finish(courses.plan) },
  };
}
