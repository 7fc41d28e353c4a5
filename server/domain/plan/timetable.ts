import { type PlanMachine, type PlanOrder, type PlanProblem, partsOf } from '../../../shared/plan.ts';
import { Distances } from './distances.ts';
import type { RoutingMachine, RoutingProblem } from './routing-problem.ts';
import { WorkingHours } from './working-hours.ts';

/** One machine's way through its orders. */
export interface Timetable {
  /** Begin and end of the work on each order. */
  readonly beginH: readonly number[];
  readonly doneH: readonly number[];
  /** Driven to each order from the one before. */
  readonly legKm: readonly number[];
  readonly lateH: number;
  /** To the last order, without a way back. */
  readonly km: number;
}

type Scales = Pick<PlanProblem, 'speedKmh' | 'detour'>;

export const pointOf = ({ x, y, lng, lat }: Pick<PlanOrder, 'x' | 'y' | 'lng' | 'lat'>): readonly [number, number] =>
  lng === undefined ? [x!, y!] : [lng, lat!];

export const surfaceOf = (place: Pick<PlanOrder, 'lng'>): RoutingProblem['surface'] => (place.lng === undefined ? 'plane' : 'earth');

export const hoursOf = ({ workingHours }: PlanMachine): RoutingMachine['hours'] =>
  workingHours ?? [{ fromH: 0, toH: Number.POSITIVE_INFINITY }];

/** When a machine does these orders in this sequence. Work that its hours do not hold runs on behind their end, as it does when it is frozen. */
export function timetable(machine: PlanMachine, orders: readonly PlanOrder[], { speedKmh, detour }: Scales): Timetable {
  const own = {
    start: pointOf(machine),
    end: null,
    capacity: 0,
    skills: [],
    startH: Number.NEGATIVE_INFINITY,
    hasBegun: false,
    hours: hoursOf(machine),
  };
  const places = orders.map(order => ({ at: pointOf(order) }));
  const distances = new Distances({ surface: surfaceOf(machine), detour, orders: places, machines: [own] });
  const hours = new WorkingHours([own]);
  const after = (hour: number, workH: number) => hours.afterOvertime(0, hour, workH);
  const [beginH, doneH, legKm]: [number[], number[], number[]] = [[], [], []];
  let [now, at, km, lateH] = [hours.startH[0], orders.length, 0, 0];
  for (const [i, order] of orders.entries()) {
    const leg = distances.between(at, i);
    const begin = after(Math.max(after(now, leg / speedKmh), order.readyH), 0);
    now = after(begin, order.serviceH / partsOf(order));
    [at, km, lateH] = [i, km + leg, lateH + Math.max(0, now - (order.dueH ?? Number.POSITIVE_INFINITY))];
    beginH.push(begin);
    doneH.push(now);
    legKm.push(leg);
  }
  return { beginH, doneH, legKm, lateH, km };
}
