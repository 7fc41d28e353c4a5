import type { Journal } from './journal.ts';
import type { Random } from './random.ts';
import type { Routes } from './routes.ts';

/** Orders that a ruin takes out on average, the longest string, and the chance that a spared stretch grows: as in the paper. */
const MEAN_REMOVED = 10;
const LONGEST_STRING = 10;
const SPARED_GROWS = 0.01;
const BY_HOUR = 0.5;

/**
 * Takes strings of orders out of routes that are near each other (Christiaens & Vanden Berghe, Slack Induction by String Removals,
 * Transportation Science 2020), so that the room they leave can be used across routes.
 */
export class Ruin {
  private readonly ruined: Int32Array;
  private tick = 0;

  constructor(
    private readonly routes: Routes,
    private readonly journal: Journal,
    private readonly random: Random,
  ) {
    this.ruined = new Int32Array(routes.problem.machineCount);
  }

  /** The orders taken out join the absent ones. */
  run(): void {
    const { routes, random, ruined } = this;
    const { orderCount: n, neighbours, neighbourCount, fitting, fittingCount } = routes.problem;
    const served = n - routes.absentCount;
    if (served === 0) return;
    const meanRoute = served / routes.usedCount;
    const longest = Math.min(LONGEST_STRING, meanRoute);
    const mostStrings = (4 * MEAN_REMOVED) / (1 + longest) - 1;
    let strings = Math.floor(random() * mostStrings + 1);
    const seed = Math.floor(random() * n);
    const tick = ++this.tick;
    // Near on the map, or also by the hour: only what can follow each other can change places.
    const isByHour = random() < BY_HOUR;
    const around = isByHour ? fitting : neighbours;
    const count = isByHour ? fittingCount : neighbourCount;
    for (let i = -1; i < count && strings > 0; i++) {
      const order = i < 0 ? seed : around[seed * count + i];
      const machine = routes.machineOf[order];
      if (machine < 0 || ruined[machine] === tick) continue;
      ruined[machine] = tick;
      const length = Math.floor(random() * Math.min(routes.orderCount[machine], longest) + 1);
      this.takeString(order, length);
      strings--;
    }
  }

  /** A stretch of this many orders around an order; half of the time a longer stretch, of which a part in between is spared. */
  private takeString(order: number, length: number): void {
    const { routes, random, journal } = this;
    const machine = routes.machineOf[order];
    const count = routes.orderCount[machine];
    let spared = 0;
    if (length > 1 && length < count && random() < 0.5) {
      spared = 1;
      while (length + spared < count && random() < SPARED_GROWS) spared++;
    }
    journal.keep(machine);
    const span = length + spared;
    const rank = routes.rank[order];
    const lowest = Math.max(0, rank - span + 1);
    const highest = Math.min(rank, count - span);
    const first = lowest + Math.floor(random() * (highest - lowest + 1));
    const sparedFrom = spared > 0 ? 1 + Math.floor(random() * (length - 1)) : span;
    let node = order;
    for (let back = rank - first; back > 0; back--) node = routes.previous[node];
    for (let i = 0; i < span; i++) {
      const following = routes.next[node];
      if (i < sparedFrom || i >= sparedFrom + spared) {
        routes.remove(node);
        routes.absent[routes.absentCount++] = node;
      }
      node = following;
    }
    routes.refresh(machine);
  }
}
