import type { Board } from './board.ts';
import type { Flow } from './move-program.ts';
import { WholePlan } from './whole-plan.ts';

const DUST = 1e-6;

/**
 * Whole machines near the program's fractions: running sums are rounded day by day, then single machines are added, taken away, sent a day
 * sooner or later or elsewhere for as long as that makes the plan cheaper.
 */
export function roundMoves(board: Board, fractions: readonly Flow[], shouldStop: () => boolean): WholePlan {
  const plan = new WholePlan(board);
  const used = fractions.filter(({ machines }) => machines > DUST);
  for (const { flow, machines } of wholeSums(used)) sendAsMany(plan, flow, machines);
  improve(plan, { board, used, shouldStop });
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
    if (better) continue;
    for (const changes of rescues(plan, search.board)) {
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

/** What is still late is worth a look at every machine anywhere, and at one that takes the place of another which goes. */
function* rescues(plan: WholePlan, board: Board): Generator<readonly Change[]> {
  for (let to = 0; to < board.units; to++) {
    if (!plan.isLate(to)) continue;
    for (let k = 0; k < board.kinds.length; k++)
      for (let from = 0; from < board.units; from++) {
        if (from === to || board.lostShare[from][to] > 1) continue;
        for (let day = 0; day <= board.deadlineDay[to]; day++) {
          const rescue: Change = [{ k, from, to, day, machines: 0 }, 1];
          yield [rescue];
          for (let other = 0; other < board.units; other++)
            if (other !== from && other !== to && board.lostShare[other][from] <= 1)
              yield [[{ k, from: other, to: from, day, machines: 0 }, 1], rescue];
        }
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
