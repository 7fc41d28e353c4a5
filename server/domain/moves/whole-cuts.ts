import type { Board } from './board.ts';
import type { Row } from './linear-program.ts';
import type { MoveProgram } from './move-program.ts';

/** Cuts that are missed by less than this many mu are not worth another row, and of each unit's only the most missed are. */
const [LEAST_MISSED_MU, MOST_A_UNIT] = [1, 6];
/** A remainder this near a whole machine makes a cut that nothing misses, or one of rounding errors. */
const LEAST_REMAINDER = 0.01;
const DUST = 1e-6;

/** late + Σ mu · flow ≥ need: what a unit's moves bring it by its deadline from a day on, mu for each machine of a flow. */
interface Balance {
  late: number;
  needMu: number;
  columns: number[];
  mu: number[];
}

interface Cut extends Row {
  missedMu: number;
}

/**
 * Rows that every plan of whole machines keeps and these fractions do not. Where 2.4 machines would do to be in time, whole ones are three or
 * something is late: mixed-integer rounding (Nemhauser and Wolsey 1990) of each unit's balance, in units of one flow's worth.
 */
export function wholeCuts(board: Board, whole: MoveProgram, x: Float64Array): Row[] {
  const scenarios = board.scenarios.map((_, scenario) => scenario);
  return Array.from({ length: board.units }, (_, unit) => unit).flatMap(unit => {
    const touching = [...whole.flows.keys()].filter(
      at => whole.flows[at].day <= board.deadlineDay[unit] && (whole.flows[at].to === unit || whole.flows[at].from === unit),
    );
    return scenarios.flatMap(scenario => {
      const days = Array.from({ length: Math.max(0, board.deadlineDay[unit]) + 1 }, (_, day) => day);
      const cuts = days.flatMap(since => cutsOf(balanceOf(board, whole, { touching, unit, scenario, since }), x));
      return cuts.sort((one, other) => other.missedMu - one.missedMu).slice(0, MOST_A_UNIT);
    });
  });
}

/** From the morning of `since`: before it no more can have been done than was ripe. */
function balanceOf(
  board: Board,
  { flows, firstFlow, firstLate }: MoveProgram,
  { touching, unit, scenario, since }: { touching: readonly number[]; unit: number; scenario: number; since: number },
): Balance {
  const deadline = board.deadlineDay[unit];
  const muOf = (k: number, day: number) => board.scenarios[scenario].rateFactor * board.workable[unit][day] * board.rateMu[k][unit];
  let needMu = board.remainingMu[unit] - (since > 0 ? board.ripeMu[unit][since - 1] : 0);
  const muFrom = board.kinds.map((_, k) => {
    const sums = new Float64Array(board.days + 1);
    for (let day = deadline; day >= 0; day--) sums[day] = sums[day + 1] + (day >= since ? muOf(k, day) : 0);
    for (let day = since; day <= deadline; day++) needMu -= muOf(k, day) * board.staying[k][unit][day];
    return sums;
  });
  const mu = touching.map(at => {
    const { k, from, to, day } = flows[at];
    if (from === unit) return -muFrom[k][day];
    return muFrom[k][day] - (day >= since ? board.lostShare[from][to] * muOf(k, day) : 0);
  });
  return { late: firstLate + scenario * board.units + unit, needMu, columns: touching.map(at => firstFlow + at), mu };
}

function cutsOf({ late, needMu, columns, mu }: Balance, x: Float64Array): Cut[] {
  const sent = [...columns.keys()].filter(at => x[columns[at]] > DUST && mu[at] !== 0);
  const sizes = new Set(sent.flatMap(at => [Math.abs(mu[at]), Math.abs(mu[at]) / 2]));
  return [...sizes].flatMap(size => {
    const remainder = needMu / size - Math.floor(needMu / size);
    if (remainder < LEAST_REMAINDER || remainder > 1 - LEAST_REMAINDER) return [];
    const rounded = (at: number) => {
      const whole = Math.floor(mu[at] / size);
      return size * (remainder * whole + Math.min(remainder, mu[at] / size - whole));
    };
    const lower = size * remainder * Math.ceil(needMu / size);
    const missedMu = lower - x[late] - sent.reduce((sum, at) => sum + rounded(at) * x[columns[at]], 0);
    if (missedMu < LEAST_MISSED_MU) return [];
    return [{ lower, columns: [late, ...columns], values: [1, ...columns.map((_, at) => rounded(at))], missedMu }];
  });
}
