/**
 * What the search works on: orders and machines as plain numbers, without names. Distances are in km and times in hours of one clock;
 * a benchmark whose unit is neither says that one of its units takes one hour.
 */
export interface RoutingProblem {
  /** Points are [x, y] on a plane, or [longitude, latitude] in degrees. */
  readonly surface: 'plane' | 'earth';
  /** Road km for one km of straight line. */
  readonly detour: number;
  readonly hoursPerKm: number;
  readonly orders: readonly RoutingOrder[];
  readonly machines: readonly RoutingMachine[];
  /** At most so many orders leave their home, but for those that cannot stay there. Without it: as many as pay. */
  readonly mostMoved?: number;
}

export interface RoutingOrder {
  readonly at: readonly [number, number];
  readonly serviceH: number;
  /** Work does not start before. */
  readonly readyH: number;
  /** Work never starts after: a hard limit, Infinity where there is none. */
  readonly latestStartH: number;
  /** What finishes after is late, and allowed: Infinity where nothing is. */
  readonly dueH: number;
  readonly demand: number;
  readonly needs: readonly string[];
  /** The machine that has it in the plan at hand; taking it from there costs `stayKm`. −1: none has. */
  readonly home: number;
  readonly stayKm: number;
}

export interface RoutingMachine {
  readonly start: readonly [number, number];
  /** Where it has to be at the end; null: it stays where its last order is. */
  readonly end: readonly [number, number] | null;
  readonly capacity: number;
  readonly skills: readonly string[];
  readonly startH: number;
  /** It is on its way and drives to its end also when it gets no more orders; another that gets none does not drive at all. */
  readonly hasBegun: boolean;
  /** When it may drive and work, in order and apart; what is not done when they end goes on with the next. Ends are hard. */
  readonly hours: readonly Hours[];
}

export interface Hours {
  readonly fromH: number;
  readonly toH: number;
}

/** Orders by number, for each machine in the order of its work, and what no machine takes. */
export interface Assignment {
  readonly routes: readonly (readonly number[])[];
  readonly absent: readonly number[];
}
