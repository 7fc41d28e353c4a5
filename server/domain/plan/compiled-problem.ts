import { servableOrders } from './alone.ts';
import { Distances } from './distances.ts';
import { type Neighbourhood, nearestOrders } from './nearest-orders.ts';
import type { RoutingMachine, RoutingOrder, RoutingProblem } from './routing-problem.ts';
import { WorkingHours } from './working-hours.ts';

/**
 * The problem as arrays of numbers, built once and never changed. Nodes: order i is i, the start of machine k is n + k, its end
 * n + m + k.
 */
export interface CompiledProblem extends Neighbourhood {
  readonly orderCount: number;
  readonly machineCount: number;
  readonly distances: Distances;
  readonly hours: WorkingHours;
  readonly hoursPerKm: number;
  readonly serviceH: Float64Array;
  readonly readyH: Float64Array;
  readonly latestStartH: Float64Array;
  readonly dueH: Float64Array;
  readonly demand: Float64Array;
  readonly home: Int32Array;
  readonly stayKm: Float64Array;
  readonly mostMoved: number;
  readonly capacity: Float64Array;
  readonly hasBegun: Uint8Array;
  /** Machines of one kind are alike in everything: of those that stand idle, one is as good as another. */
  readonly kind: Int32Array;
  readonly kindCount: number;
  /** May orders of this class (row) go to machines of this class. */
  readonly allowed: Uint8Array;
  /** Where in `allowed` the row of an order begins. */
  readonly needRow: Int32Array;
  readonly skillClass: Int32Array;
  /** Distance of an order from the nearest start. */
  readonly remoteKm: Float64Array;
  /** 1 where some machine could do the order if it had nothing else to do. */
  readonly servable: Uint8Array;
  /** Whether anything can be late or has gaps or a home: without, a cheaper way of inserting does. */
  readonly isSoft: boolean;
}

const numbers = (orders: readonly RoutingOrder[], of: (order: RoutingOrder) => number) => Float64Array.from(orders, of);

export function compileProblem(problem: RoutingProblem): CompiledProblem {
  const compiled = compiledNumbers(problem);
  return { ...compiled, servable: servableOrders(compiled) };
}

function compiledNumbers(problem: RoutingProblem): Omit<CompiledProblem, 'servable'> {
  const { orders, machines } = problem;
  const distances = new Distances(problem);
  const hours = new WorkingHours(machines);
  return {
    orderCount: orders.length,
    machineCount: machines.length,
    distances,
    hours,
    hoursPerKm: problem.hoursPerKm,
    serviceH: numbers(orders, order => order.serviceH),
    readyH: numbers(orders, order => order.readyH),
    latestStartH: numbers(orders, order => order.latestStartH),
    dueH: numbers(orders, order => order.dueH),
    demand: numbers(orders, order => order.demand),
    home: Int32Array.from(orders, order => order.home),
    stayKm: numbers(orders, order => order.stayKm),
    mostMoved: problem.mostMoved ?? Number.POSITIVE_INFINITY,
    capacity: Float64Array.from(machines, machine => machine.capacity),
    hasBegun: Uint8Array.from(machines, machine => (machine.hasBegun ? 1 : 0)),
    ...kindsOf(problem),
    ...skillTable(problem),
    ...nearestOrders(distances, problem),
    remoteKm: remoteness(distances, problem),
    isSoft: orders.some(order => order.dueH < Number.POSITIVE_INFINITY || order.home >= 0) || hours.broken.includes(1),
  };
}

/** The number that each key has by its first appearance. */
function numbered(keys: readonly string[]): { of: Int32Array; count: number } {
  const known = new Map<string, number>();
  const of = Int32Array.from(keys, key => {
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    return number;
  });
  return { of, count: known.size };
}

const skillKey = (skills: readonly string[]): string => JSON.stringify([...new Set(skills)].sort());

function kindsOf({ machines, orders }: RoutingProblem): Pick<CompiledProblem, 'kind' | 'kindCount'> {
  const homes = new Set(orders.map(order => order.home));
  const keyOf = ({ start, end, capacity, skills, startH, hasBegun, hours }: RoutingMachine, machine: number) =>
    JSON.stringify([start, end, String(capacity), skillKey(skills), startH, hasBegun, hours, homes.has(machine) ? machine : -1]);
  const { of, count } = numbered(machines.map(keyOf));
  return { kind: of, kindCount: count };
}

function skillTable({ orders, machines }: RoutingProblem): Pick<CompiledProblem, 'allowed' | 'needRow' | 'skillClass'> {
  const needs = numbered(orders.map(order => skillKey(order.needs)));
  const skills = numbered(machines.map(machine => skillKey(machine.skills)));
  const allowed = new Uint8Array(needs.count * skills.count);
  orders.forEach((order, i) => {
    machines.forEach((machine, k) => {
      const cell = needs.of[i] * skills.count + skills.of[k];
      if (allowed[cell] === 0 && order.needs.every(need => machine.skills.includes(need))) allowed[cell] = 1;
    });
  });
  return { allowed, needRow: needs.of.map(row => row * skills.count), skillClass: skills.of };
}

function remoteness(distances: Distances, { orders, machines }: RoutingProblem): Float64Array {
  return Float64Array.from(orders, (_, i) => {
    const row = distances.rowOf(i);
    let nearest = Number.POSITIVE_INFINITY;
    for (let k = 0; k < machines.length; k++) nearest = Math.min(nearest, distances.rows[row + orders.length + k]);
    return nearest;
  });
}
