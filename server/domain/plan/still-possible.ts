import { isSkilled } from './alone.ts';
import type { CompiledProblem } from './compiled-problem.ts';
import type { Assignment } from './routing-problem.ts';

/** What of a plan keeps every hard limit: orders that do not are left out, and stay absent until the search finds them a place. */
export function stillPossible(problem: CompiledProblem, { routes }: Assignment): Assignment {
  const taken = new Set<number>();
  const possible = routes.slice(0, problem.machineCount).map((route, machine) =>
    keepable(
      problem,
      machine,
      route.filter(order => !taken.has(order) && taken.add(order)),
    ),
  );
  return { routes: possible, absent: [] };
}

function keepable(problem: CompiledProblem, machine: number, route: readonly number[]): number[] {
  const { orderCount: n, machineCount: m, hours, hoursPerKm, distances, demand, capacity, readyH, latestStartH, serviceH } = problem;
  const kept: number[] = [];
  let [at, now, load] = [n + machine, hours.startH[machine], 0];
  for (const order of route) {
    const beginH = Math.max(readyH[order], hours.after(machine, now, distances.between(at, order) * hoursPerKm));
    const doneH = hours.after(machine, beginH, serviceH[order]);
    const backH = hours.after(machine, doneH, distances.between(order, n + m + machine) * hoursPerKm);
    const hasRoom = load + demand[order] <= capacity[machine] && isSkilled(problem, machine, order);
    if (!hasRoom || beginH > latestStartH[order] || backH > hours.endH[machine]) continue;
    kept.push(order);
    [at, now, load] = [order, doneH, load + demand[order]];
  }
  return kept;
}
