import { type Board, LATE_COST } from './board.ts';
import { type LinearProgram, ProgramBuilder } from './linear-program.ts';

/** So many machines of kind k go from one unit to another on the morning of a day. */
export interface Flow {
  k: number;
  from: number;
  to: number;
  day: number;
  machines: number;
}

export interface MoveProgram {
  program: LinearProgram;
  /** The flow of each column from `firstFlow` on. */
  flows: Flow[];
  firstFlow: number;
  /** The columns of late mu from here on: scenario by scenario, unit by unit. */
  firstLate: number;
  /** What is added to the program's cost: every mu remaining on every day. */
  constant: number;
}

const INFINITE = Number.POSITIVE_INFINITY;

/**
 * Moves with fractions of machines, a relaxation of whole ones. Columns: machines present (k, u, d), mu done so far (scenario, u, d), mu late
 * (scenario, u), and flows. A machine on the road misses its share of that day's work; one that arrives leaves on a later day at the earliest.
 */
export function moveProgram(board: Board): MoveProgram {
  const { kinds, units, days, scenarios } = board;
  const builder = new ProgramBuilder();
  const grid = <Value>(outer: number, make: (a: number, u: number, d: number) => Value): Value[][][] =>
    Array.from({ length: outer }, (_, a) => Array.from({ length: units }, (_, u) => Array.from({ length: days }, (_, d) => make(a, u, d))));
  const change = grid(kinds.length, (k, u, d) => board.staying[k][u][d] - (d > 0 ? board.staying[k][u][d - 1] : 0));
  // present(d) − present(d−1) − arrivals + departures = change;  departures − present(d−1) ≤ change − kept
  const balance = grid(kinds.length, (k, u, d) => builder.row(change[k][u][d], change[k][u][d]));
  const leave = grid(kinds.length, (k, u, d) => builder.row(-INFINITE, change[k][u][d] - board.kept[k][u]));
  // done(d) − done(d−1) − Σ rate · present + Σ rate · lost share · arrivals ≤ 0
  const work = grid(scenarios.length, () => builder.row(-INFINITE, 0));
  // done(d) − (1 − findable) done(d−1) ≤ findable · ripe(d); with all findable it is a bound of the column
  const found =
    board.findableShare < 1 ? grid(scenarios.length, (_, u, d) => builder.row(-INFINITE, board.findableShare * board.ripeMu[u][d])) : null;
  const late = scenarios.map(() => Array.from({ length: units }, (_, u) => builder.row(board.remainingMu[u], INFINITE)));
  const rate = (s: number, k: number, u: number, d: number) => scenarios[s].rateFactor * board.workable[u][d] * board.rateMu[k][u];

  const muDays = units > 0 ? days * board.remainingMu.reduce((sum, mu) => sum + mu, 0) : 0;
  grid(kinds.length, (k, u, d) => {
    const later: [number, number][] =
      d + 1 < days
        ? [
            [balance[k][u][d + 1], -1],
            [leave[k][u][d + 1], -1],
          ]
        : [];
    const working = scenarios.map((_, s): [number, number] => [work[s][u][d], -rate(s, k, u, d)]);
    builder.column(0, INFINITE, [[balance[k][u][d], 1], ...later, ...working]);
  });
  grid(scenarios.length, (s, u, d) => {
    const next: [number, number][] = d + 1 < days ? [[work[s][u][d + 1], -1]] : [];
    const atDeadline: [number, number][] = d === board.deadlineDay[u] ? [[late[s][u], 1]] : [];
    const open: [number, number][] = found ? [[found[s][u][d], 1]] : [];
    if (found && d + 1 < days) open.push([found[s][u][d + 1], board.findableShare - 1]);
    builder.column(-scenarios[s].chance, board.ripeMu[u][d], [[work[s][u][d], 1], ...next, ...atDeadline, ...open]);
  });
  const firstLate = (kinds.length + scenarios.length) * units * days;
  for (const [s, { chance }] of scenarios.entries())
    for (let u = 0; u < units; u++) builder.column(chance * LATE_COST * board.weight[u], INFINITE, [[late[s][u], 1]]);

  const flows = possibleFlows(board);
  let firstFlow = -1;
  for (const { k, from, to, day } of flows) {
    const lost = scenarios.map((_, s): [number, number] => [work[s][to][day], rate(s, k, to, day) * board.lostShare[from][to]]);
    const column = builder.column(board.kmCost * board.km[from][to], INFINITE, [
      [balance[k][from][day], 1],
      [leave[k][from][day], 1],
      [balance[k][to][day], -1],
      ...lost,
    ]);
    if (firstFlow < 0) firstFlow = column;
  }
  return { program: builder.build(), flows, firstFlow, firstLate, constant: muDays };
}

/** Every move that takes no longer than a working day, from where machines of the kind can be to where work remains. */
function possibleFlows(board: Board): Flow[] {
  const flows: Flow[] = [];
  for (let k = 0; k < board.kinds.length; k++)
    for (let from = 0; from < board.units; from++)
      for (let to = 0; to < board.units; to++)
        for (let day = 0; day < board.days; day++) {
          const useful = from !== to && board.lostShare[from][to] <= 1 && board.remainingMu[to] > 0 && board.rateMu[k][to] > 0;
          if (useful) flows.push({ k, from, to, day, machines: 0 });
        }
  return flows;
}
