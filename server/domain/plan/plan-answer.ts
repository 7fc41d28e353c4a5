import type { PlanAnswer, PlanProblem } from '../../../shared/plan.ts';
import { causeOf } from './cause.ts';
import { compileProblem } from './compiled-problem.ts';
import { Distances } from './distances.ts';
import { frozenOrders, type PlanRouting } from './plan-routing.ts';
import type { Assignment } from './routing-problem.ts';
import { pointOf, surfaceOf, timetable } from './timetable.ts';

/** What was found, in the names of the problem, its lateness and km worked out anew from the routes. */
export function planAnswer(problem: PlanProblem, { routing, orders }: PlanRouting, found: Assignment): PlanAnswer {
  let [latenessH, travelKm] = [0, 0];
  const routes: PlanAnswer['routes'] = [];
  for (const [k, machine] of problem.machines.entries()) {
    const route = [...frozenOrders(machine, problem), ...(found.routes[k] ?? []).map(order => orders[order])];
    if (route.length === 0) continue;
    const { lateH, km } = timetable(machine, route, problem);
    latenessH += lateH;
    travelKm += km + (machine.return ? roadKm(problem, route.at(-1)!, machine) : 0);
    routes.push({ machine: machine.id, orders: route.map(({ id }) => id) });
  }
  const compiled = found.absent.length > 0 ? compileProblem(routing) : null;
  const unassigned = new Map(found.absent.map(order => [orders[order].id, causeOf(compiled!, order, found)]));
  return { routes, latenessH, travelKm, unassigned: [...unassigned].map(([order, cause]) => ({ order, cause })) };
}

type Place = Parameters<typeof pointOf>[0];

function roadKm({ detour }: PlanProblem, from: Place, to: Place): number {
  const orders = [from, to].map(place => ({ at: pointOf(place) }));
  return new Distances({ surface: surfaceOf(from), detour, orders, machines: [] }).between(0, 1);
}
