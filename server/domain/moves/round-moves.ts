import { annealMoves } from './anneal-moves.ts';
import type { Board } from './board.ts';
import type { Flow } from './move-program.ts';
import { WholePlan } from './whole-plan.ts';

const DUST = 1e-6;

/**
 * Whole machines near the program's fractions: running sums are rounded day by day, then single machines are added, taken away, sent a day
 * sooner or later or elsewhere for as long as that makes the plan cheaper, and after that by annealing.
 */
export function roundMoves(
  board: Board,
  { flows, dived, cost: boundCost }: { flows: readonly Flow[]; dived: readonly Flow[]; cost: number },
  shouldStop: () => boolean,
): WholePlan {
  const used = flows.filter(({ machines }) => machines > DUST);
  const [rounded, byDays] = [used, dived.filter(({ machines }) => machines > DUST)].map(fractions => roundedPlan(board, fractions));
  const plan = byDays.cost < rounded.cost ? byDays : rounded;
  improve(plan, { board, used, shouldStop });
  return annealMoves(plan, { board, used, boundCost, shouldStop });
}

function roundedPlan(board: Board, fractions: readonly Flow[]): WholePlan {
  const plan = new WholePlan(board);
  for (const { flow, machines } of wholeSums(fractions)) sendAsMany(plan, flow, machines);
  return plan;
}

function wholeSums(used: readonly Flow[]): { flow: Flow; machines: number }[] {
  const sums = new Map<string, { wanted: number; sent: number }>();
  return used
    .toSorted((one, other) => one.day - other.day)
    .map(flow => {
      const key = `${flow.k} ${flow.from} ${flow.to}`;
      const sum = sums.get(key) ?? { wanted: 0, sent: 0 };
      sums.set(key, sum);
      sum.wanted += flow.machines;
      const machines = Math.round(sum.wanted) - sum.sent;
      sum.sent += machines;
      return { flow, machines };
    });
}

function sendAsMany(plan: WholePlan, flow: Flow, machines: number): void {
  for (let count = machines; count > 0; count--) if (plan.send(flow, count) !== null) return;
}

interface Search {
  board: Board;
  used: readonly Flow[];
  shouldStop: () => boolean;
}

/** Smaller gains are not worth a change, and might be rounding. */
const LEAST_GAIN = 1e-6;

function improve(plan: WholePlan, search: Search): void {
  for (let better = true; better && !search.shouldStop(); ) {
    better = false;
    for (const changes of candidates(plan, search)) {
      while (attempt(plan, changes)) better = true;
      if (search.shouldStop()) return;
    }
  }
}

type Change = readonly [flow: Flow, machines: number];

function* candidates(plan: WholePlan, { board, used }: Search): Generator<readonly Change[]> {
  for (const flow of used) yield [[flow, 1]];
  for (const flow of plan.flows()) {
    yield [[flow, -1]];
    yield [[flow, 1]];
    for (const day of [flow.day - 1, flow.day + 1]) {
      if (day < 0 || day >= board.days) continue;
      yield [
        [flow, -1],
        [{ ...flow, day }, 1],
      ];
    }
    for (let other = 0; other < board.units; other++) {
      if (other === flow.from || other === flow.to) continue;
      if (board.lostShare[flow.from][other] <= 1)
        yield [
          [flow, -1],
          [{ ...flow, to: other }, 1],
        ];
      if (board.lostShare[other][flow.to] <= 1)
        yield [
          [flow, -1],
          [{ ...flow, from: other }, 1],
        ];
    }
  }
}

/** Makes the changes if together they are possible and cheaper. */
function attempt(plan: WholePlan, changes: readonly Change[]): boolean {
  let [gain, made] = [0, 0];
  for (const [flow, machines] of changes) {
    const cost = plan.send(flow, machines);
    if (cost === null) break;
    gain -= cost;
    made++;
  }
  if (made === changes.length && gain > LEAST_GAIN) return true;
  for (const [flow, machines] of changes.slice(0, made).toReversed()) plan.send(flow, -machines);
  return false;
}
