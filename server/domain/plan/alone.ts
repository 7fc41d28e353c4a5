import type { CompiledProblem } from './compiled-problem.ts';

type Needed = Omit<CompiledProblem, 'servable'>;

/** When a machine with nothing else to do would be at an order, and when it would be done with it and where it has to end. */
export function aloneH(problem: Needed, machine: number, order: number): { arriveH: number; backH: number } {
  const { orderCount: n, machineCount: m, hours, hoursPerKm, distances, readyH, serviceH } = problem;
  const arriveH = hours.after(machine, hours.startH[machine], distances.between(n + machine, order) * hoursPerKm);
  const doneH = hours.after(machine, Math.max(arriveH, readyH[order]), serviceH[order]);
  return { arriveH, backH: hours.after(machine, doneH, distances.between(order, n + m + machine) * hoursPerKm) };
}

export const isSkilled = ({ allowed, needRow, skillClass }: Needed, machine: number, order: number): boolean =>
  allowed[needRow[order] + skillClass[machine]] === 1;

/** 1 for each order that some machine could do if it had nothing else to do: the others are not even tried. */
export function servableOrders(problem: Needed): Uint8Array {
  const { kind, kindCount, orderCount, hours, demand, capacity, latestStartH } = problem;
  const oneOfEach = Array.from({ length: kindCount }, (_, one) => kind.indexOf(one));
  const can = (machine: number, order: number): boolean => {
    if (!isSkilled(problem, machine, order) || demand[order] > capacity[machine]) return false;
    const { arriveH, backH } = aloneH(problem, machine, order);
    return arriveH <= latestStartH[order] && backH <= hours.endH[machine];
  };
  return new Uint8Array(orderCount).map((_, order) => (oneOfEach.some(machine => can(machine, order)) ? 1 : 0));
}
