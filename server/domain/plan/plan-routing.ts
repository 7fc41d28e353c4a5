import { type PlanMachine, type PlanOrder, type PlanProblem, partsOf } from '../../../shared/plan.ts';
import type { Assignment, RoutingMachine, RoutingOrder, RoutingProblem } from './routing-problem.ts';
import { hoursOf, pointOf, surfaceOf, timetable } from './timetable.ts';

/** A problem in the search's terms, and how to read the search's numbers again. */
export interface PlanRouting {
  readonly routing: RoutingProblem;
  /** The plan at hand, as far as it still applies; null when there is none. */
  readonly begin: Assignment | null;
  /** For each number of the search the order that it is, or is a part of. Machines keep their places. */
  readonly orders: readonly PlanOrder[];
}

/** Frozen orders are not searched: their machine begins where and when it has done them. */
export function planRouting(problem: PlanProblem): PlanRouting {
  const { machines, detour, speedKmh } = problem;
  const orders = partsToPlan(problem);
  const { home, begin } = presentOf(problem, orders);
  const { stayKm, mostMovedShare } = problem;
  const atHome = home.filter(machine => machine >= 0).length;
  return {
    orders,
    begin,
    routing: {
      surface: machines.length > 0 ? surfaceOf(machines[0]) : 'plane',
      detour,
      hoursPerKm: 1 / speedKmh,
      // In a plan of a few orders one of them may.
      mostMoved: mostMovedShare > 0 ? Math.max(1, Math.floor(mostMovedShare * atHome)) : 0,
      orders: orders.map((order, i): RoutingOrder => ({ ...orderAlone(order), home: home[i], stayKm })),
      machines: machines.map(machine => machineAfterFrozen(machine, problem)),
    },
  };
}

/** Each order as often as it has parts that are not frozen. */
function partsToPlan({ orders, machines }: PlanProblem): PlanOrder[] {
  const frozen = new Map<string, number>();
  for (const id of machines.flatMap(machine => machine.frozen)) frozen.set(id, (frozen.get(id) ?? 0) + 1);
  return orders.flatMap(order => Array.from({ length: partsOf(order) - (frozen.get(order.id) ?? 0) }, () => order));
}

function orderAlone(order: PlanOrder): Omit<RoutingOrder, 'home' | 'stayKm'> {
  const parts = partsOf(order);
  return {
    at: pointOf(order),
    serviceH: order.serviceH / parts,
    readyH: order.readyH,
    latestStartH: Number.POSITIVE_INFINITY,
    dueH: order.dueH ?? Number.POSITIVE_INFINITY,
    demand: order.demand / parts,
    needs: order.skills,
  };
}

export const frozenOrders = ({ frozen }: PlanMachine, { orders }: PlanProblem): PlanOrder[] => {
  const byId = new Map(frozen.length > 0 ? orders.map(order => [order.id, order]) : []);
  return frozen.map(id => byId.get(id)!);
};

function machineAfterFrozen(machine: PlanMachine, problem: PlanProblem): RoutingMachine {
  const frozen = frozenOrders(machine, problem);
  const load = frozen.reduce((sum, order) => sum + order.demand / partsOf(order), 0);
  return {
    start: pointOf(frozen.at(-1) ?? machine),
    end: machine.return ? pointOf(machine) : null,
    capacity: (machine.capacity ?? Number.POSITIVE_INFINITY) - load,
    skills: machine.skills,
    startH: timetable(machine, frozen, problem).doneH.at(-1) ?? Number.NEGATIVE_INFINITY,
    hasBegun: frozen.length > 0,
    hours: hoursOf(machine),
  };
}

/** What the plan at hand says of machines and orders that are still there, each part once. */
function presentOf({ present, machines }: PlanProblem, orders: readonly PlanOrder[]): { home: number[]; begin: Assignment | null } {
  const home = orders.map(() => -1);
  if (present.length === 0) return { home, begin: null };
  const numbers = new Map<string, number[]>();
  orders.forEach(({ id }, i) => {
    numbers.set(id, [...(numbers.get(id) ?? []), i]);
  });
  const placeOf = new Map(machines.map(({ id }, i) => [id, i]));
  const routes: number[][] = machines.map(() => []);
  for (const { machine: id, orders: ids } of present) {
    const machine = placeOf.get(id);
    const frozen = new Map<string, number>();
    for (const one of machine === undefined ? [] : machines[machine].frozen) frozen.set(one, (frozen.get(one) ?? 0) + 1);
    for (const one of machine === undefined ? [] : ids) {
      const stillFrozen = frozen.get(one) ?? 0;
      frozen.set(one, stillFrozen - 1);
      const number = stillFrozen > 0 ? undefined : numbers.get(one)?.shift();
      if (number === undefined) continue;
      home[number] = machine!;
      routes[machine!].push(number);
    }
  }
  return { home, begin: { routes, absent: [] } };
}
