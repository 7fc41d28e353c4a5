import type { UnassignedCause } from '../../../shared/plan.ts';
import { aloneH, isSkilled } from './alone.ts';
import type { CompiledProblem } from './compiled-problem.ts';
import type { Assignment } from './routing-problem.ts';

/** Why no machine takes this order: the last thing that still fails for the machines that come furthest. */
export function causeOf(problem: CompiledProblem, order: number, { routes }: Assignment): UnassignedCause {
  const machines = Array.from({ length: problem.machineCount }, (_, machine) => machine);
  if (machines.length === 0) return 'noMachine';
  const skilled = machines.filter(machine => isSkilled(problem, machine, order));
  if (skilled.length === 0) return 'skills';
  const roomy = skilled.filter(machine => problem.demand[order] <= problem.capacity[machine]);
  if (roomy.length === 0) return 'capacity';
  const reaching = roomy.filter(machine => aloneH(problem, machine, order).arriveH <= problem.hours.endH[machine]);
  if (reaching.length === 0) return 'unreachable';
  const able = reaching.filter(machine => aloneH(problem, machine, order).backH <= problem.hours.endH[machine]);
  // Each could do it alone: they have too much else to do.
  const loadOf = (machine: number) => routes[machine].reduce((sum, other) => sum + problem.demand[other], 0);
  const isFull = (machine: number) => loadOf(machine) + problem.demand[order] > problem.capacity[machine];
  return able.length > 0 && able.every(isFull) ? 'capacity' : 'hours';
}
