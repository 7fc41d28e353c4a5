import { adviseMoves } from '../../server/domain/moves/advise-moves.ts';
import type { SolveLinear } from '../../server/domain/moves/linear-program.ts';
import { type MovesProblem, movesProblemSchema } from '../../shared/moves.ts';
import { addDays } from '../../shared/season.ts';
import { type Random, randomOf } from '../season/random.ts';

const [FIRST_DAY, DAYS, UNITS] = ['2026-05-30', 14, 16] as const;
/** Machines at hand over what is needed: from far too few to plenty. */
const strengths = [0.7, 0.85, 1, 1.1, 1.3, 1.6];
/** The advice is wanted within a second; the relaxation takes its share of it. */
const IMPROVING_MS = 800;
const PROBLEMS = 24;

export interface MovesBench {
  problems: number;
  medianSeconds: number;
  mostSeconds: number;
  /** Cost of the plan over the bound, less 1. */
  meanGap: number;
  mostGap: number;
  /** Problems whose plan costs at most 1 % more than the bound. */
  within: number;
  /** Of the others, how much more is late than in the bound, over all that is to be done. */
  mostLateShare: number;
}

/** Sixteen units with a front that ripens them over four days each, two days of rain, two kinds of machines. */
export function drawProblem(random: Random, strength: number): MovesProblem {
  const days = Array.from({ length: DAYS }, (_, day) => day);
  return movesProblemSchema.parse({
    firstDay: FIRST_DAY,
    days: DAYS,
    scenarios: [
      { chance: 0.3, rateFactor: 0.75 },
      { chance: 0.4, rateFactor: 1 },
      { chance: 0.3, rateFactor: 1.2 },
    ],
    units: Array.from({ length: UNITS }, (_, unit) => {
      const remainingMu = Math.round(6000 * Math.exp(0.6 * random.normal()));
      const ripeDay = random.between(0, 6);
      const machines = (remainingMu / (40 * 9)) * strength * Math.exp(0.4 * random.normal());
      return {
        ...{ unit: `U${unit + 1}`, lng: random.between(112.75, 114.15), lat: random.between(34.3, 34.9), remainingMu },
        deadline: addDays(FIRST_DAY, 12 + random.whole(3)),
        ripeMu: days.map(day => remainingMu * Math.min(1, Math.max(0, (day + 2 - ripeDay) / 4))),
        workable: days.map(day => (day === 4 || day === 9 ? 0.1 : 0.9)),
        muPerMachineDay: { wheeled: 40, tracked: 34 },
        machines: { wheeled: days.map(() => Math.round(0.75 * machines)), tracked: days.map(() => Math.round(0.25 * machines)) },
      };
    }),
  });
}

/** A season's size of moves, times and gaps. The first one is not timed: the engine compiles the solver while it runs. */
export function benchMoves(solve: SolveLinear, seed: string): MovesBench {
  const runs = Array.from({ length: PROBLEMS + 1 }, (_, number) => {
    const problem = drawProblem(randomOf(seed, 'moves', number), strengths[number % strengths.length]);
    const start = performance.now();
    let deadline = Number.POSITIVE_INFINITY;
    const timed: SolveLinear = (program, goOn) =>
      solve(program, (x, resolve) => {
        deadline = performance.now() + IMPROVING_MS;
        goOn?.(x, resolve);
      });
    const { value } = adviseMoves(problem, { solve: timed, shouldStop: () => performance.now() > deadline });
    const remainingMu = problem.units.reduce((sum, unit) => sum + unit.remainingMu, 0);
    return {
      seconds: (performance.now() - start) / 1000,
      gap: value.gap,
      lateShare: (value.plan.lateMu - value.bound.lateMu) / remainingMu,
    };
  });
  const timed = runs.slice(1);
  const seconds = timed.map(run => Math.round(run.seconds * 1000) / 1000).sort((one, other) => one - other);
  const gaps = timed.map(run => run.gap);
  const meanGap = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return {
    problems: timed.length,
    medianSeconds: seconds[Math.floor(seconds.length / 2)],
    mostSeconds: seconds.at(-1)!,
    meanGap: Math.round(meanGap * 1e5) / 1e5,
    mostGap: Math.max(...gaps),
    within: gaps.filter(gap => gap <= 0.01).length,
    mostLateShare: Math.round(Math.max(...timed.map(run => (run.gap > 0.01 ? run.lateShare : 0))) * 1e6) / 1e6,
  };
}
