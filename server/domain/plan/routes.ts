import type { CompiledProblem } from './compiled-problem.ts';
import { FleetLists } from './fleet-lists.ts';
import type { Assignment } from './routing-problem.ts';

/** What an hour of lateness costs in km while searching. */
export interface Prices {
  readonly lateHourKm: number;
}

/**
 * A plan under search: each machine's route as a list linked both ways from its start node to its end node, and per node what makes
 * an insertion quick to judge. Invariant after `refresh(machine)`: everything here agrees with the links of that machine.
 */
export class Routes {
  readonly next: Int32Array;
  readonly previous: Int32Array;
  /** The machine that has an order; −1: none. */
  readonly machineOf: Int32Array;
  /** Place of an order in its route, from 0. */
  readonly rank: Int32Array;
  /** When the machine leaves the node at the earliest. */
  readonly leaveH: Float64Array;
  /** Arriving later breaks a hard limit, here or further on. */
  readonly latestH: Float64Array;
  /** Arriving later makes something later than it is now beyond its due hour, here or further on. */
  readonly freeH: Float64Array;
  /** To the next node. */
  readonly gapKm: Float64Array;
  readonly orderCount: Int32Array;
  readonly load: Float64Array;
  readonly km: Float64Array;
  readonly lateH: Float64Array;
  /** Orders whose home is another machine. */
  readonly moved: Int32Array;
  /** Km, price of lateness and of leaving home, in one. */
  readonly cost: Float64Array;
  /** Changes with the content of a route and never stands for two contents. */
  readonly version: Int32Array;
  readonly absent: Int32Array;
  readonly fleet: FleetLists;
  absentCount = 0;
  totalCost = 0;
  totalLateH = 0;
  totalMoved = 0;
  usedCount = 0;
  private latestVersion = 0;

  constructor(
    readonly problem: CompiledProblem,
    public prices: Prices,
  ) {
    const { orderCount: n, machineCount: m } = problem;
    const nodes = n + 2 * m;
    this.next = new Int32Array(nodes).fill(-1);
    this.previous = new Int32Array(nodes).fill(-1);
    this.machineOf = new Int32Array(n).fill(-1);
    this.rank = new Int32Array(n);
    [this.leaveH, this.latestH, this.freeH, this.gapKm] = [0, 0, 0, 0].map(() => new Float64Array(nodes));
    [this.load, this.km, this.lateH, this.cost] = [0, 0, 0, 0].map(() => new Float64Array(m));
    this.orderCount = new Int32Array(m);
    this.moved = new Int32Array(m);
    this.version = new Int32Array(m);
    this.absent = new Int32Array(n);
    this.fleet = new FleetLists(problem);
    this.restore({ routes: [], absent: [] });
  }

  /** Takes over this assignment; what it does not name is absent. */
  restore({ routes }: Assignment): void {
    const { orderCount: n, machineCount: m } = this.problem;
    this.machineOf.fill(-1);
    this.absentCount = 0;
    for (let machine = 0; machine < m; machine++) {
      const orders = Int32Array.from(routes[machine] ?? []);
      this.relink(machine, orders, { from: 0, to: orders.length });
      this.refresh(machine);
    }
    for (let order = 0; order < n; order++) if (this.machineOf[order] < 0) this.absent[this.absentCount++] = order;
  }

  /** The same plan under another price. */
  reprice(prices: Prices): void {
    this.prices = prices;
    for (let machine = 0; machine < this.problem.machineCount; machine++) this.refresh(machine);
  }

  assignment(): Assignment {
    const routes = Array.from({ length: this.problem.machineCount }, (_, machine) => this.ordersOf(machine));
    return { routes, absent: [...this.absent.subarray(0, this.absentCount)] };
  }

  ordersOf(machine: number): number[] {
    const orders: number[] = [];
    const n = this.problem.orderCount;
    for (let node = this.next[n + machine]; node < n; node = this.next[node]) orders.push(node);
    return orders;
  }

  /** Makes this part of a list the route of a machine. `refresh` is due. */
  relink(machine: number, orders: Int32Array, part: { from: number; to: number }): void {
    const { orderCount: n, machineCount: m } = this.problem;
    let last = n + machine;
    for (let i = part.from; i < part.to; i++) {
      this.next[last] = orders[i];
      this.previous[orders[i]] = last;
      last = orders[i];
    }
    this.next[last] = n + m + machine;
    this.previous[n + m + machine] = last;
  }

  /** Puts an order behind a node of this machine's route. `refresh` is due. */
  insert(order: number, after: number): void {
    const before = this.next[after];
    this.next[after] = order;
    this.previous[order] = after;
    this.next[order] = before;
    this.previous[before] = order;
  }

  /** Takes an order out. `refresh` of its machine is due. */
  remove(order: number): void {
    const before = this.previous[order];
    const behind = this.next[order];
    this.next[before] = behind;
    this.previous[behind] = before;
    this.machineOf[order] = -1;
  }

  /** Works out a route anew after a change. */
  refresh(machine: number): void {
    this.totalCost -= this.cost[machine];
    this.totalLateH -= this.lateH[machine];
    this.totalMoved -= this.moved[machine];
    const wasUsed = this.orderCount[machine] > 0;
    this.lookForward(machine);
    this.lookBack(machine);
    this.totalCost += this.cost[machine];
    this.totalLateH += this.lateH[machine];
    this.totalMoved += this.moved[machine];
    const isUsed = this.orderCount[machine] > 0;
    if (wasUsed !== isUsed) {
      this.usedCount += isUsed ? 1 : -1;
      if (isUsed) this.fleet.use(machine);
      else this.fleet.release(machine);
    }
    this.version[machine] = ++this.latestVersion;
  }

  private lookForward(machine: number): void {
    const { next, machineOf, rank, leaveH, gapKm } = this;
    const {
      distances,
      hours,
      hoursPerKm,
      serviceH,
      readyH,
      dueH,
      demand,
      home,
      stayKm,
      hasBegun,
      orderCount: n,
      machineCount: m,
    } = this.problem;
    let km = 0;
    let lateH = 0;
    let load = 0;
    let strayKm = 0;
    let moved = 0;
    let count = 0;
    let node = n + machine;
    const end = n + m + machine;
    const isBroken = hours.broken[machine] === 1;
    leaveH[node] = hours.startH[machine];
    while (node !== end) {
      const to = next[node];
      const gap = distances.between(node, to);
      gapKm[node] = gap;
      km += gap;
      if (to === end) break;
      const arriveH = isBroken ? hours.after(machine, leaveH[node], gap * hoursPerKm) : leaveH[node] + gap * hoursPerKm;
      const beginH = arriveH > readyH[to] ? arriveH : readyH[to];
      const doneH = isBroken ? hours.after(machine, beginH, serviceH[to]) : beginH + serviceH[to];
      leaveH[to] = doneH;
      if (doneH > dueH[to]) lateH += doneH - dueH[to];
      if (home[to] >= 0 && home[to] !== machine) {
        strayKm += stayKm[to];
        moved++;
      }
      load += demand[to];
      machineOf[to] = machine;
      rank[to] = count++;
      node = to;
    }
    const isIdle = count === 0 && hasBegun[machine] === 0;
    if (isIdle) gapKm[node] = 0;
    this.orderCount[machine] = count;
    this.load[machine] = load;
    this.moved[machine] = moved;
    this.km[machine] = isIdle ? 0 : km;
    this.lateH[machine] = lateH;
    this.cost[machine] = this.km[machine] + this.prices.lateHourKm * lateH + strayKm;
  }

  private lookBack(machine: number): void {
    const { previous, leaveH, latestH, freeH, gapKm } = this;
    const { hours, hoursPerKm, serviceH, latestStartH, dueH, isSoft, orderCount: n, machineCount: m } = this.problem;
    const isBroken = hours.broken[machine] === 1;
    let node = n + m + machine;
    const start = n + machine;
    latestH[node] = hours.endH[machine];
    freeH[node] = Number.POSITIVE_INFINITY;
    while (previous[node] !== start) {
      const from = previous[node];
      const driveH = gapKm[from] * hoursPerKm;
      const doneH = isBroken ? hours.before(machine, latestH[node], driveH) : latestH[node] - driveH;
      const lastStartH = isBroken ? hours.before(machine, doneH, serviceH[from]) : doneH - serviceH[from];
      latestH[from] = lastStartH < latestStartH[from] ? lastStartH : latestStartH[from];
      if (!isSoft) {
        node = from;
        continue;
      }
      const untilH = isBroken ? hours.before(machine, freeH[node], driveH) : freeH[node] - driveH;
      const onTimeH = dueH[from] > leaveH[from] ? dueH[from] : leaveH[from];
      const freeDoneH = untilH < onTimeH ? untilH : onTimeH;
      freeH[from] = isBroken ? hours.before(machine, freeDoneH, serviceH[from]) : freeDoneH - serviceH[from];
      node = from;
    }
  }
}
