import { seededRandom } from '../plan/random.ts';
import type { Board } from './board.ts';
import type { Flow } from './move-program.ts';
import { WholePlan } from './whole-plan.ts';

/** Steps between two heats, fewer where there are few units; each heat begins from the best so far. */
const [MOST_STEPS, STEPS_A_PAIR] = [20_000, 200];
/** So many heats in a row that bring nothing, and it is over. */
const MOST_IDLE_HEATS = 3;
/** Temperature at the beginning of a heat: so many mu done a day later, and the price of so many km. It falls to a fiftieth. */
const [HOT_MU, HOT_KM, COOLING] = [200, 16, 1 / 50];
/** Nearer to the bound than this share there is nothing to gain. */
const CLOSE_ENOUGH = 0.001;

export interface AnnealSearch {
  board: Board;
  /** Those of the relaxation. */
  used: readonly Flow[];
  boundCost: number;
  shouldStop: () => boolean;
}

/**
 * Simulated annealing over single machines, for what no single change repairs: one machine short here and one idle there, with two others
 * between them. The same seed on every call: the same problem gives the same advice, if it is given the same time.
 */
export function annealMoves(begin: WholePlan, search: AnnealSearch): WholePlan {
  const { board, used, shouldStop, boundCost } = search;
  const draw = new Draw(board, used);
  const hot = HOT_MU + HOT_KM * board.kmCost;
  const steps = Math.min(MOST_STEPS, STEPS_A_PAIR * board.units ** 2);
  let best = { cost: begin.cost, flows: begin.flows() };
  const isDone = () => shouldStop() || best.cost <= (1 + CLOSE_ENOUGH) * boundCost;
  for (let idle = 0; idle < MOST_IDLE_HEATS && !isDone(); idle++) {
    const plan = WholePlan.of(board, best.flows);
    const before = best.cost;
    let cost = before;
    for (let step = 0; step < steps && !shouldStop(); step++) {
      const temperature = hot * COOLING ** (step / steps);
      const changes = draw.changes(plan);
      const change = tried(plan, changes);
      if (change === null) continue;
      if (change > 0 && change > -temperature * Math.log(draw.random())) {
        for (const [flow, machines] of changes.toReversed()) plan.send(flow, -machines);
        continue;
      }
      cost += change;
      if (cost < best.cost - LEAST_GAIN) best = { cost, flows: plan.flows() };
    }
    if (best.cost < before - LEAST_GAIN) idle = -1;
  }
  return WholePlan.of(board, best.flows);
}

/** Less might be rounding. */
const LEAST_GAIN = 1e-6;

type Change = readonly [flow: Flow, machines: number];

/** Makes all changes, or none: then null. */
function tried(plan: WholePlan, changes: readonly Change[]): number | null {
  let sum = 0;
  for (const [at, [flow, machines]] of changes.entries()) {
    const cost = plan.send(flow, machines);
    if (cost === null) {
      for (const [done, many] of changes.slice(0, at).toReversed()) plan.send(done, -many);
      return null;
    }
    sum += cost;
  }
  return sum;
}

class Draw {
  readonly random = seededRandom(1);
  /** For each unit those that can be reached in a day, nearest first. */
  private readonly near: number[][];

  constructor(
    private readonly board: Board,
    private readonly used: readonly Flow[],
  ) {
    const units = Array.from({ length: board.units }, (_, unit) => unit);
    this.near = units.map(unit =>
      units.filter(to => to !== unit && board.lostShare[unit][to] <= 1).sort((one, other) => board.km[unit][one] - board.km[unit][other]),
    );
  }

  private whole = (below: number): number => Math.floor(this.random() * below);

  changes(plan: WholePlan): Change[] {
    const draw = this.random();
    if (this.used.length > 0 && draw < 0.2) return [[this.used[this.whole(this.used.length)], 1]];
    const flow = plan.someFlow(this.random());
    if (flow === null || draw < 0.3) {
      const any = this.anyFlow();
      return any === null ? [] : [[any, 1]];
    }
    if (draw < 0.45) return [[flow, -1]];
    if (draw < 0.65) {
      const day = flow.day + (this.random() < 0.5 ? -1 : 1) * (1 + this.whole(2));
      return day < 0 || day >= this.board.days
        ? []
        : [
            [flow, -1],
            [{ ...flow, day }, 1],
          ];
    }
    const other = this.neighbour(draw < 0.82 ? flow.to : flow.from);
    const next = draw < 0.82 ? { ...flow, to: other } : { ...flow, from: other };
    if (other < 0 || next.from === next.to || this.board.lostShare[next.from][next.to] > 1) return [];
    return [
      [flow, -1],
      [next, 1],
    ];
  }

  private anyFlow(): Flow | null {
    const { kinds, units, days } = this.board;
    const from = this.whole(units);
    const to = this.neighbour(from);
    return to < 0 ? null : { k: this.whole(kinds.length), from, to, day: this.whole(days), machines: 0 };
  }

  /** Near ones more often. */
  private neighbour(unit: number): number {
    const near = this.near[unit];
    return near.length === 0 ? -1 : near[Math.floor(near.length * this.random() ** 2)];
  }
}
