import { timetable } from '../../server/domain/plan/timetable.ts';
import { type PlanAnswer, type PlanProblem, planProblemSchema } from '../../shared/plan.ts';
import { type Random, randomOf } from '../season/random.ts';

/** Work at hand over the machine hours until the last due hour. */
export const loads = { normal: 0.5, tight: 0.85, overloaded: 1.2 } as const;
export type Load = keyof typeof loads;

export const faultKinds = ['breakdown', 'urgent order'] as const;
export type FaultKind = (typeof faultKinds)[number];

const [SIDE_KM, SPEED_KMH, DETOUR] = [40, 25, 1.3];
/** Between two fields, about: only the drawing of windows needs it. */
const DRIVE_H = 0.3;
const [DAY_H, NIGHT_H] = [14, 10];

export interface CountySize {
  orders: number;
  machines: number;
}

/** Hours of work since the first morning as hours of the clock: nights lie between. */
const clockH = (workedH: number): number => workedH + NIGHT_H * Math.floor(workedH / DAY_H);

/**
 * A county of a season's size. Every second one has small fields, done within a day or two without a pause; the others have fields of half a
 * day, over several days with nights between. A quarter of the machines is tracked, and a tenth of the orders wants one.
 */
export function drawCounty(seed: string, load: Load, size: CountySize = { orders: 300, machines: 60 }): PlanProblem {
  const random = randomOf(seed, 'county');
  const hasNights = random.next() < 0.5;
  const meanH = hasNights ? 4 : 1;
  const works = Array.from({ length: size.orders }, () => meanH * random.between(0.3, 1.7));
  const workH = works.reduce((sum, serviceH) => sum + serviceH + DRIVE_H, 0);
  const spanH = workH / (size.machines * loads[load]);
  const clock = hasNights ? clockH : (hour: number) => hour;
  const place = () => ({ x: SIDE_KM * random.next(), y: SIDE_KM * random.next() });
  const days = Math.ceil((3 * spanH) / DAY_H) + 2;
  const workingHours = Array.from({ length: days }, (_, day) => ({ fromH: 24 * day, toH: 24 * day + DAY_H }));
  return planProblemSchema.parse({
    speedKmh: SPEED_KMH,
    detour: DETOUR,
    machines: Array.from({ length: size.machines }, (_, i) => ({
      ...{ id: `M${i}`, ...place(), skills: random.next() < 0.25 ? ['tracked'] : [] },
      ...(hasNights && { workingHours }),
    })),
    orders: works.map((serviceH, i) => {
      const readyW = random.between(0, 0.65) * spanH;
      const dueW = Math.min(spanH, Math.max(readyW + random.between(0.2, 0.7) * spanH, readyW + 1.2 * serviceH));
      const skills = random.next() < 0.1 ? ['tracked'] : [];
      return { id: `O${i}`, ...place(), serviceH, readyH: clock(readyW), dueH: clock(dueW), skills };
    }),
  });
}

export interface Faulty {
  /** What is left at that hour, with the rest of the plan as `present`. */
  problem: PlanProblem;
  /** Orders that the fault asks a place for. */
  struck: string[];
  /** The machine of every other order that nobody has begun. */
  untouched: Map<string, string>;
}

/** The plan is carried out until this hour; then a machine is out, or an order comes that is due soon. */
export function strike(problem: PlanProblem, { routes }: PlanAnswer, fault: { kind: FaultKind; atH: number; random: Random }): Faulty {
  const { kind, atH, random } = fault;
  const busy = routes.filter(route => route.orders.length > 0);
  const broken = kind === 'breakdown' ? random.pick(busy).machine : null;
  const orders = new Map(problem.orders.map(order => [order.id, order]));
  const machines = new Map(problem.machines.map(machine => [machine.id, { ...machine, workingHours: hoursFrom(machine, atH) }]));
  const present: PlanProblem['present'] = [];
  const [struck, untouched]: [string[], Faulty['untouched']] = [[], new Map()];
  for (const { machine: id, orders: ids } of routes) {
    const machine = machines.get(id)!;
    const { beginH, doneH } = timetable(
      problem.machines.find(one => one.id === id)!,
      ids.map(one => orders.get(one)!),
      problem,
    );
    const done = doneH.filter(hour => hour <= atH).length;
    const isAtWork = done < ids.length && beginH[done] <= atH;
    const at = isAtWork ? done : done - 1;
    if (at >= 0) Object.assign(machine, { x: orders.get(ids[at])!.x, y: orders.get(ids[at])!.y });
    // What remains of it, were there no night before it is done.
    if (isAtWork)
      orders.set(ids[done], { ...orders.get(ids[done])!, serviceH: Math.min(orders.get(ids[done])!.serviceH, doneH[done] - atH) });
    for (const one of ids.slice(0, done)) orders.delete(one);
    const left = ids.slice(done);
    if (id === broken) struck.push(...left);
    else {
      if (isAtWork) machine.frozen = [left[0]];
      present.push({ machine: id, orders: left });
      for (const one of left.slice(isAtWork ? 1 : 0)) untouched.set(one, id);
    }
  }
  if (broken !== null) machines.delete(broken);
  else {
    struck.push('urgent');
    const place = { x: SIDE_KM * random.next(), y: SIDE_KM * random.next() };
    orders.set('urgent', { id: 'urgent', ...place, serviceH: 1, readyH: atH, dueH: atH + 2.5, demand: 0, skills: [] });
  }
  return { problem: { ...problem, machines: [...machines.values()], orders: [...orders.values()], present }, struck, untouched };
}

const FOR_EVER_H = 100_000;

function hoursFrom({ workingHours = [{ fromH: 0, toH: FOR_EVER_H }] }: PlanProblem['machines'][number], atH: number) {
  return workingHours.filter(({ toH }) => toH > atH).map(({ fromH, toH }) => ({ fromH: Math.max(fromH, atH), toH }));
}
