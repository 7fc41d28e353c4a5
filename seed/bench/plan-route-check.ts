import type { RoutingProblem } from '../../server/domain/plan/routing-problem.ts';

/** Double precision leaves some dust in sums of a few hundred distances. */
const DUST = 1e-7;

export interface Judged {
  readonly distance: number;
  /** A sentence for each broken rule. */
  readonly faults: readonly string[];
}

/** Drives the routes of a benchmark stop by stop; shares nothing with the search but the problem. */
export function judgeRoutes({ orders, machines }: RoutingProblem, routes: readonly (readonly number[])[]): Judged {
  const times = orders.map(() => 0);
  const faults: string[] = [];
  let distance = 0;
  routes.forEach((route, k) => {
    const { start, end, capacity, hours } = machines[k];
    let [here, now, load] = [start, hours[0].fromH, 0];
    for (const i of route) {
      const { at, readyH, latestStartH, serviceH, demand } = orders[i];
      const leg = Math.hypot(at[0] - here[0], at[1] - here[1]);
      const begin = Math.max(now + leg, readyH);
      if (begin > latestStartH + DUST) faults.push(`stop ${i} begins at ${begin}, after ${latestStartH}`);
      [here, now, load, distance] = [at, begin + serviceH, load + demand, distance + leg];
      times[i]++;
    }
    const back = route.length > 0 && end !== null ? Math.hypot(end[0] - here[0], end[1] - here[1]) : 0;
    distance += back;
    if (now + back > hours[0].toH + DUST) faults.push(`route ${k} ends at ${now + back}, after ${hours[0].toH}`);
    if (load > capacity) faults.push(`route ${k} carries ${load}, more than ${capacity}`);
  });
  if (routes.length > machines.length) faults.push(`${routes.length} routes for ${machines.length} machines`);
  times.forEach((count, i) => {
    if (count !== 1) faults.push(`stop ${i} is visited ${count} times`);
  });
  return { distance, faults };
}
