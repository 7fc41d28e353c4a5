import { type Board, LATE_COST } from './board.ts';
import type { Flow } from './move-program.ts';

export interface Outcome {
  /** Weighted. */
  lateMu: number;
  muDays: number;
  km: number;
}

const MOST = 4096;

/** A plan of whole machines that is changed one machine at a time; it knows its cost, and refuses to send what is not there. */
export class WholePlan {
  /** By kind, unit and day: machines present, and those of them that arrived that morning, in machines and in days lost on the road. */
  private readonly present: number[][][];
  private readonly arrived: number[][][];
  private readonly lost: number[][][];
  private readonly counts = new Map<number, number>();
  /** The keys of flows with machines, in no order, and where each stands. */
  private readonly active: number[] = [];
  private readonly place = new Map<number, number>();
  private readonly unitCost: number[];
  private roadKm = 0;
  /** Scratch: mu that a unit's machines could do on each day. */
  private readonly ableMu: Float64Array;

  constructor(private readonly board: Board) {
    this.ableMu = new Float64Array(board.days);
    this.present = board.staying.map(units => units.map(days => [...days]));
    this.arrived = board.staying.map(units => units.map(days => days.map(() => 0)));
    this.lost = board.staying.map(units => units.map(days => days.map(() => 0)));
    this.unitCost = Array.from({ length: board.units }, (_, u) => this.costOfUnit(u));
  }

  static of(board: Board, flows: readonly Flow[]): WholePlan {
    const plan = new WholePlan(board);
    for (const flow of flows) plan.shift(flow, flow.machines);
    for (let unit = 0; unit < board.units; unit++) plan.unitCost[unit] = plan.costOfUnit(unit);
    return plan;
  }

  get cost(): number {
    return this.unitCost.reduce((sum, cost) => sum + cost, 0) + this.board.kmCost * this.roadKm;
  }

  count = (flow: Flow): number => this.counts.get(keyOf(flow)) ?? 0;

  flows(): Flow[] {
    return [...this.counts].filter(([, machines]) => machines > 0).map(([key, machines]) => ({ ...flowOf(key), machines }));
  }

  /**
   * Sends `machines` more (or fewer) along a flow.
   * @returns by how much the cost changed, or null when they are not there; then nothing is changed
   */
  send(flow: Flow, machines: number): number | null {
    if (this.count(flow) + machines < 0) return null;
    const before = this.unitCost[flow.from] + this.unitCost[flow.to];
    this.shift(flow, machines);
    if (!this.isPossible(flow.k, flow.from) || !this.isPossible(flow.k, flow.to)) {
      this.shift(flow, -machines);
      return null;
    }
    this.unitCost[flow.from] = this.costOfUnit(flow.from);
    this.unitCost[flow.to] = this.costOfUnit(flow.to);
    const km = machines * this.board.km[flow.from][flow.to];
    return this.unitCost[flow.from] + this.unitCost[flow.to] - before + this.board.kmCost * km;
  }

  /** One of the flows by a number in [0, 1); null when there is none. */
  someFlow(draw: number): Flow | null {
    if (this.active.length === 0) return null;
    const key = this.active[Math.floor(draw * this.active.length)];
    return { ...flowOf(key), machines: 0 };
  }

  private shift(flow: Flow, machines: number): void {
    const { k, from, to, day } = flow;
    const [leaving, joining] = [this.present[k][from], this.present[k][to]];
    for (let d = day; d < this.board.days; d++) {
      leaving[d] -= machines;
      joining[d] += machines;
    }
    this.arrived[k][to][day] += machines;
    this.lost[k][to][day] += machines * this.board.lostShare[from][to];
    this.roadKm += machines * this.board.km[from][to];
    this.recount(keyOf(flow), machines);
  }

  private recount(key: number, machines: number): void {
    const before = this.counts.get(key) ?? 0;
    this.counts.set(key, before + machines);
    if (before === 0) {
      this.place.set(key, this.active.length);
      this.active.push(key);
    } else if (before + machines === 0) {
      const at = this.place.get(key)!;
      const last = this.active.pop()!;
      this.place.delete(key);
      if (last === key) return;
      this.active[at] = last;
      this.place.set(last, at);
    }
  }

  /** Those that arrive in the morning cannot make good for others that are sent away the same morning. */
  private isPossible(k: number, unit: number): boolean {
    const [present, arrived] = [this.present[k][unit], this.arrived[k][unit]];
    const kept = this.board.kept[k][unit];
    for (let d = 0; d < this.board.days; d++) if (present[d] < arrived[d] + kept) return false;
    return true;
  }

  /** Of all kinds. */
  machinesAt = (unit: number, day: number): number => this.present.reduce((sum, units) => sum + units[unit][day], 0);

  /** Mu done by the end of each day; in sunshine as if no day were lost to the weather. */
  courseOf(unit: number, rateFactor: number, inSunshine = false): Float64Array {
    const { kinds, days, workable, rateMu, ripeMu, findableShare } = this.board;
    const done = new Float64Array(days);
    let now = 0;
    for (let d = 0; d < days; d++) {
      let mu = 0;
      for (let k = 0; k < kinds.length; k++) mu += rateMu[k][unit] * (this.present[k][unit][d] - this.lost[k][unit][d]);
      const able = rateFactor * (inSunshine ? 1 : workable[unit][d]) * mu;
      now += Math.max(0, Math.min(findableShare * (ripeMu[unit][d] - now), able));
      done[d] = now;
    }
    return done;
  }

  /** The inner loop of the search: what `courseOf` does, without an array for each scenario. */
  private outcomeOfUnit(unit: number): { lateMu: number; muDays: number } {
    const { kinds, days, scenarios, remainingMu, deadlineDay, findableShare } = this.board;
    const [workable, ripeMu, ableMu] = [this.board.workable[unit], this.board.ripeMu[unit], this.ableMu];
    ableMu.fill(0);
    for (let k = 0; k < kinds.length; k++) {
      const [rate, present, lost] = [this.board.rateMu[k][unit], this.present[k][unit], this.lost[k][unit]];
      for (let d = 0; d < days; d++) ableMu[d] += rate * workable[d] * (present[d] - lost[d]);
    }
    let [lateMu, muDays] = [0, 0];
    for (const { chance, rateFactor } of scenarios) {
      let [now, inTime] = [0, 0];
      for (let d = 0; d < days; d++) {
        now += Math.max(0, Math.min(findableShare * (ripeMu[d] - now), rateFactor * ableMu[d]));
        muDays += chance * (remainingMu[unit] - now);
        if (d === deadlineDay[unit]) inTime = now;
      }
      lateMu += chance * (remainingMu[unit] - inTime);
    }
    return { lateMu: this.board.weight[unit] * lateMu, muDays };
  }

  private costOfUnit(unit: number): number {
    const { lateMu, muDays } = this.outcomeOfUnit(unit);
    return LATE_COST * lateMu + muDays;
  }

  outcome(): Outcome {
    const total = { lateMu: 0, muDays: 0, km: this.roadKm };
    for (let unit = 0; unit < this.board.units; unit++) {
      const { lateMu, muDays } = this.outcomeOfUnit(unit);
      total.lateMu += lateMu;
      total.muDays += muDays;
    }
    return total;
  }
}

/** What remains at the end of the deadline's day; all of it when that has passed. */
export function lateOf(board: Board, unit: number, done: Float64Array): number {
  const day = board.deadlineDay[unit];
  return board.remainingMu[unit] - (day < 0 ? 0 : done[day]);
}

const keyOf = ({ k, from, to, day }: Flow): number => ((k * 64 + from) * 64 + to) * MOST + day;
const flowOf = (key: number): Omit<Flow, 'machines'> => ({
  k: Math.floor(key / MOST / 4096),
  from: Math.floor(key / MOST / 64) % 64,
  to: Math.floor(key / MOST) % 64,
  day: key % MOST,
});
