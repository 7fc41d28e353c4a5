import type { CompiledProblem } from './compiled-problem.ts';
import type { Routes } from './routes.ts';

/** Cells of the memory below; a problem beyond that (400 machines × 10,000 orders) does without. */
const MOST_REMEMBERED = 4_000_000;

/** The rare best place without a neighbour must not be out of reach. */
const FINDS_PER_FULL_LOOK = 16;

const never = (): boolean => false;

/**
 * The cheapest place for an order. What was found for an order in a route is remembered for as long as the route stays as it is: a step
 * of the search changes a few routes, and the rest is looked up.
 */
export class Insertion {
  /** Behind this node it costs the least; −1: it fits nowhere. */
  after = -1;
  machine = -1;
  cost = 0;
  private readonly problem: CompiledProblem;
  private readonly remembers: boolean;
  private readonly seenVersion: Int32Array;
  private readonly seenCost: Float64Array;
  private readonly seenAfter: Int32Array;
  private readonly seenTick: Int32Array;
  private tick = 0;
  private bestCost = 0;
  private bestAfter = -1;

  constructor(private readonly routes: Routes) {
    this.problem = routes.problem;
    const { orderCount, machineCount } = routes.problem;
    this.remembers = orderCount * machineCount <= MOST_REMEMBERED;
    const cells = this.remembers ? orderCount * machineCount : 1;
    this.seenVersion = new Int32Array(cells);
    this.seenCost = new Float64Array(cells);
    this.seenAfter = new Int32Array(cells);
    this.seenTick = new Int32Array(machineCount);
  }

  /** Says whether there is a place, in `after`, `machine` and `cost`; a place that would be the best so far is passed over when `blink` says so. */
  find(order: number, blink: () => boolean): boolean {
    const { machineOf, fleet } = this.routes;
    const { kindCount, fitting, fittingCount } = this.problem;
    const tick = ++this.tick;
    this.after = -1;
    this.cost = Number.POSITIVE_INFINITY;
    // What has no stop near the order is hardly ever its best place, and is looked at rarely, or when nothing else has room.
    const fittingTo = (order + 1) * fittingCount;
    for (let i = order * fittingCount; i < fittingTo; i++) {
      const machine = machineOf[fitting[i]];
      if (machine >= 0 && this.seenTick[machine] !== tick) this.consider(order, machine, blink);
    }
    for (let kind = 0; kind < kindCount; kind++) {
      const idle = fleet.usedTo[kind];
      if (idle < fleet.from[kind + 1]) this.consider(order, fleet.machines[idle], blink);
    }
    if (this.after < 0 || tick % FINDS_PER_FULL_LOOK === 0) this.findAnywhere(order);
    return this.after >= 0;
  }

  /** Nobody near has room, or the only one was passed over, or it is time to look further once: then everybody is asked. */
  private findAnywhere(order: number): void {
    for (let machine = 0; machine < this.problem.machineCount; machine++) this.consider(order, machine, never);
  }

  private consider(order: number, machine: number, blink: () => boolean): void {
    const { machineCount, allowed, needRow, skillClass, capacity, demand, distances } = this.problem;
    const { load, version } = this.routes;
    const { seenVersion, seenCost, seenAfter } = this;
    this.seenTick[machine] = this.tick;
    if (load[machine] + demand[order] > capacity[machine] || allowed[needRow[order] + skillClass[machine]] === 0) return;
    const cell = this.remembers ? order * machineCount + machine : 0;
    const isKnown = this.remembers && seenVersion[cell] === version[machine];
    if (isKnown && seenCost[cell] >= this.cost) return;
    if (!isKnown || seenAfter[cell] < 0) {
      this.look(order, machine, distances.rowOf(order));
      seenVersion[cell] = version[machine];
      seenCost[cell] = this.bestCost;
      seenAfter[cell] = this.bestAfter;
    }
    if (seenAfter[cell] >= 0 && !blink()) {
      this.cost = seenCost[cell];
      this.after = seenAfter[cell];
      this.machine = machine;
    }
  }

  private look(order: number, machine: number, row: number): void {
    if (this.problem.isSoft) this.lookSoft(order, machine, row);
    else this.lookHard(order, machine, row);
  }

  /** Hard limits only: judged without looking further along the route (Savelsbergh 1992). */
  private lookHard(order: number, machine: number, row: number): void {
    const { next, leaveH, latestH, gapKm } = this.routes;
    const { orderCount: n, machineCount: m, hoursPerKm, distances } = this.problem;
    const { rows } = distances;
    const readyH = this.problem.readyH[order];
    const latestStartH = this.problem.latestStartH[order];
    const serviceH = this.problem.serviceH[order];
    const end = n + m + machine;
    let bestCost = this.cost;
    let passedCost = Number.POSITIVE_INFINITY;
    let bestAfter = -1;
    let node = n + machine;
    let km = rows[row + node];
    while (node !== end) {
      if (leaveH[node] > latestStartH) break;
      const to = next[node];
      const onKm = rows[row + to];
      const cost = km + onKm - gapKm[node];
      if (cost < bestCost) {
        const arriveH = leaveH[node] + km * hoursPerKm;
        const beginH = arriveH > readyH ? arriveH : readyH;
        if (beginH <= latestStartH && beginH + serviceH + onKm * hoursPerKm <= latestH[to]) {
          bestCost = cost;
          bestAfter = node;
        }
      } else if (cost < passedCost) passedCost = cost;
      node = to;
      km = onKm;
    }
    this.bestCost = bestAfter < 0 ? passedCost : bestCost;
    this.bestAfter = bestAfter;
  }

  /** Lateness has its price: its own, and what it brings upon the orders behind. */
  private lookSoft(order: number, machine: number, row: number): void {
    const { next, leaveH, latestH, freeH, gapKm, prices } = this.routes;
    const { orderCount: n, machineCount: m, hoursPerKm, hours, distances, home } = this.problem;
    const { rows } = distances;
    const readyH = this.problem.readyH[order];
    const latestStartH = this.problem.latestStartH[order];
    const serviceH = this.problem.serviceH[order];
    const dueH = this.problem.dueH[order];
    const price = prices.lateHourKm;
    const isBroken = hours.broken[machine] === 1;
    const moveKm = home[order] >= 0 && home[order] !== machine ? this.problem.stayKm[order] : 0;
    const end = n + m + machine;
    let bestCost = this.cost;
    let passedCost = Number.POSITIVE_INFINITY;
    let bestAfter = -1;
    let node = n + machine;
    let km = rows[row + node];
    while (node !== end) {
      const to = next[node];
      const onKm = rows[row + to];
      let cost = moveKm + km + onKm - gapKm[node];
      if (cost < bestCost) {
        const arriveH = isBroken ? hours.after(machine, leaveH[node], km * hoursPerKm) : leaveH[node] + km * hoursPerKm;
        const beginH = arriveH > readyH ? arriveH : readyH;
        const doneH = isBroken ? hours.after(machine, beginH, serviceH) : beginH + serviceH;
        const onH = isBroken ? hours.after(machine, doneH, onKm * hoursPerKm) : doneH + onKm * hoursPerKm;
        if (beginH > latestStartH) break;
        if (doneH > dueH) cost += price * (doneH - dueH);
        // Every hour beyond freeH makes at least one order an hour later: a bound that spares most of the looking on.
        if (onH <= latestH[to] && (onH <= freeH[to] || cost + price * (onH - freeH[to]) < bestCost)) {
          if (onH > freeH[to]) cost += price * this.laterFrom(to, onH, (bestCost - cost) / price);
          if (cost < bestCost) {
            bestCost = cost;
            bestAfter = node;
          } else if (bestCost < passedCost) passedCost = bestCost;
        } else if (onH <= latestH[to] && bestCost < passedCost) passedCost = bestCost;
      } else if (cost < passedCost) passedCost = cost;
      node = to;
      km = onKm;
    }
    this.bestCost = bestAfter < 0 ? passedCost : bestCost;
    this.bestAfter = bestAfter;
  }

  /** By how many hours in sum the orders from this node on get later when it is reached at this hour; gives up beyond `mostH`. */
  private laterFrom(first: number, hour: number, mostH: number): number {
    const { next, leaveH, freeH, gapKm, machineOf } = this.routes;
    const { orderCount: n, hoursPerKm, hours, readyH, serviceH, dueH } = this.problem;
    const machine = first < n ? machineOf[first] : 0;
    const isBroken = hours.broken[machine] === 1;
    let laterH = 0;
    let node = first;
    let arriveH = hour;
    while (node < n && arriveH > freeH[node] && laterH < mostH) {
      const beginH = arriveH > readyH[node] ? arriveH : readyH[node];
      const doneH = isBroken ? hours.after(machine, beginH, serviceH[node]) : beginH + serviceH[node];
      const overH = doneH - dueH[node];
      if (overH > 0) {
        const delayH = doneH - leaveH[node];
        laterH += overH < delayH ? overH : delayH;
      }
      arriveH = isBroken ? hours.after(machine, doneH, gapKm[node] * hoursPerKm) : doneH + gapKm[node] * hoursPerKm;
      node = next[node];
    }
    return laterH;
  }
}
