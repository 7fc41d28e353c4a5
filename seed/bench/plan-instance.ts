import type { RoutingMachine, RoutingOrder, RoutingProblem } from '../../server/domain/plan/routing-problem.ts';

/** A benchmark as published: places and hours are one unit, the depots by their number in the file. */
export interface Instance {
  readonly problem: RoutingProblem;
  /** For each machine the number of its depot, and for each order its number as the file has them. */
  readonly depotOf: readonly number[];
  readonly stopOf: readonly number[];
}

type Point = readonly [number, number];
type Row = readonly number[];

/**
 * Reads Solomon's, Homberger's (the same form) or Cordeau's multi-depot form (type 2).
 * @throws Error that says what is wrong with the text
 */
export function readInstance(text: string): Instance {
  const lines = text.split(/\r?\n/).map(line => line.trim());
  return lines.some(line => line.startsWith('VEHICLE')) ? readSolomon(lines) : readCordeau(lines);
}

const rowOf = (line: string): Row => line.split(/\s+/).map(Number);
const isRow = (line: string): boolean => /^-?[\d.]/.test(line) && rowOf(line).every(Number.isFinite);

/** A row a stop: number, x, y, demand, ready, due (latest start), service; number 0 is the depot, whose due hour ends every route. */
function readSolomon(lines: readonly string[]): Instance {
  const rows = lines.filter(isRow).map(rowOf);
  const fleet = rows.find(row => row.length === 2);
  const [depot, ...customers] = rows.filter(row => row.length >= 7);
  if (!fleet || !depot || customers.length === 0)
    throw new Error('Not Solomon: wanted a row "number capacity", a depot and customers of 7 numbers');
  const [count, capacity] = fleet;
  const start: Point = [depot[1], depot[2]];
  const machine: RoutingMachine = {
    start,
    end: start,
    capacity,
    skills: [],
    startH: depot[4],
    hasBegun: false,
    hours: [{ fromH: depot[4], toH: depot[5] }],
  };
  const orders = customers.map(([, x, y, demand, readyH, latestStartH, serviceH]) =>
    order([x, y], { demand, serviceH, readyH, latestStartH }),
  );
  return {
    problem: { surface: 'plane', detour: 1, hoursPerKm: 1, orders, machines: Array.from({ length: count }, () => machine) },
    depotOf: Array.from({ length: count }, () => depot[0]),
    stopOf: customers.map(([number]) => number),
  };
}

/** First "type machines customers depots", then for each depot "longest route (0: any), capacity", then a row a customer and a depot. */
function readCordeau(lines: readonly string[]): Instance {
  const [head, ...rows] = lines.filter(isRow).map(rowOf);
  if (head?.length !== 4 || head[0] !== 2)
    throw new Error('Neither Solomon nor a Cordeau file of type 2 (several depots): its first line is not "2 m n t"');
  const [, perDepot, customerCount, depotCount] = head;
  const limits = rows.slice(0, depotCount);
  const customers = rows.slice(depotCount, depotCount + customerCount);
  const depots = rows.slice(depotCount + customerCount, depotCount + customerCount + depotCount);
  if (depots.length !== depotCount)
    throw new Error(`Cordeau file ends early: ${rows.length} rows instead of ${2 * depotCount + customerCount}`);
  const machines = depots.flatMap(([, x, y], i) => {
    const [longest, capacity] = limits[i];
    const hours = [{ fromH: 0, toH: longest > 0 ? longest : Number.POSITIVE_INFINITY }];
    return Array.from(
      { length: perDepot },
      (): RoutingMachine => ({ start: [x, y], end: [x, y], capacity, skills: [], startH: 0, hasBegun: false, hours }),
    );
  });
  const orders = customers.map(([, x, y, serviceH, demand]) =>
    order([x, y], { demand, serviceH, readyH: 0, latestStartH: Number.POSITIVE_INFINITY }),
  );
  return {
    problem: { surface: 'plane', detour: 1, hoursPerKm: 1, orders, machines },
    depotOf: depots.flatMap(([number]) => Array.from({ length: perDepot }, () => number)),
    stopOf: customers.map(([number]) => number),
  };
}

function order(at: Point, hours: Pick<RoutingOrder, 'demand' | 'serviceH' | 'readyH' | 'latestStartH'>): RoutingOrder {
  return { at, ...hours, dueH: Number.POSITIVE_INFINITY, needs: [], home: -1, stayKm: 0 };
}
