import type { Distances } from './distances.ts';
import type { RoutingProblem } from './routing-problem.ts';

/** Strings of a ruin run over the nearest; in a small problem over all of them, so that a ruin finds as many routes as it wants. */
const MOST_NEIGHBOURS = 300;
/** Routes with one of so many fitting neighbours are tried first for an order. */
const MOST_FITTING = 40;

export interface Neighbourhood {
  /** For each order the nearest others, nearest first, `neighbourCount` of them. */
  readonly neighbours: Int32Array;
  readonly neighbourCount: number;
  /** And those that would make the best neighbours in a route, also by their hours. */
  readonly fitting: Int32Array;
  readonly fittingCount: number;
}

export function nearestOrders(distances: Distances, { orders, hoursPerKm }: RoutingProblem): Neighbourhood {
  const count = orders.length;
  const neighbourCount = Math.max(0, Math.min(count - 1, MOST_NEIGHBOURS));
  const fittingCount = Math.min(neighbourCount, MOST_FITTING);
  const neighbours = new Int32Array(count * neighbourCount);
  const fitting = new Int32Array(count * fittingCount);
  const worth = new Float64Array(count);
  const lastH = Float64Array.from(orders, order => Math.min(order.latestStartH, order.dueH - order.serviceH));
  const leaveH = Float64Array.from(orders, order => order.readyH + order.serviceH);
  for (let order = 0; order < count; order++) {
    const row = distances.rowOf(order);
    worth.set(distances.rows.subarray(row, row + count));
    neighbours.set(lowest(worth, order, neighbourCount), order * neighbourCount);
    for (let other = 0; other < count; other++) {
      // By how much the second of both would begin too late at the best, whichever it is.
      const driveH = worth[other] * hoursPerKm;
      const there = leaveH[order] + driveH - lastH[other];
      const back = leaveH[other] + driveH - lastH[order];
      const lateH = there < back ? there : back;
      if (lateH > 0) worth[other] += lateH / hoursPerKm;
    }
    fitting.set(lowest(worth, order, fittingCount), order * fittingCount);
  }
  return { neighbours, neighbourCount, fitting, fittingCount };
}

/** The others of the least worth, in its order. */
function lowest(worth: Float64Array, self: number, count: number): number[] {
  const most = count < worth.length ? smallest(Float64Array.from(worth), count) : Number.POSITIVE_INFINITY;
  const others: number[] = [];
  for (let other = 0; other < worth.length; other++) if (worth[other] <= most && other !== self) others.push(other);
  return others.sort((one, other) => worth[one] - worth[other] || one - other).slice(0, count);
}

/** The number that stands at this place (from 0) when they are sorted: Hoare's selection, which shuffles them. */
function smallest(numbers: Float64Array, place: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const pivot = numbers[(low + high) >> 1];
    let [left, right] = [low, high];
    while (left <= right) {
      while (numbers[left] < pivot) left++;
      while (numbers[right] > pivot) right--;
      if (left > right) break;
      [numbers[left], numbers[right]] = [numbers[right], numbers[left]];
      left++;
      right--;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else return numbers[place];
  }
  return numbers[place];
}
