import type { PlanProblem } from '../../../shared/plan.ts';
import type { LngLat } from '../../../shared/registry.ts';
import type { WorkRequest } from '../../../shared/work-order.ts';
import { usualTravel } from '../moves/travel.ts';

/** A request of which so many mu are with nobody. */
export interface Asked {
  request: WorkRequest;
  openMu: number;
  /** Machines that do not get it: they declined it, or have a part of it already. */
  notFor: readonly string[];
}

/** What a machine has promised, or does: it comes first, in this sequence. */
export interface Promised {
  id: string;
  lngLat: LngLat;
  /** Still to be done of it. */
  restMu: number;
  to: number;
}

export interface Worker {
  machine: string;
  lngLat: LngLat;
  drive: 'wheeled' | 'tracked';
  workingWidthM: number;
  muPerH: number;
  /** Hours until the field in which it works is done. */
  freeInH: number;
  orders: readonly Promised[];
}

/** Hours from now in which work is possible, by kind of machine. */
export type WorkableSpans = Record<'wheeled' | 'tracked', readonly { fromH: number; toH: number }[]>;

export interface County {
  now: number;
  asked: readonly Asked[];
  workers: readonly Worker[];
  spans: WorkableSpans;
  /** The plan at hand: requests by machine, in sequence, with the mu of each. */
  present: readonly { machine: string; steps: readonly { request: string; areaMu: number }[] }[];
}

/** More than this is shared by several machines. */
export const SHARE_H = 8;
/** An order is taken from the machine that it was advised for only to save more than this. */
const STAY_KM = 1;
/** And no more than this share of those that could stay leave their machine in one new plan. */
const MOST_MOVED_SHARE = 0.2;
const HOUR = 3_600_000;

/** The orders and machines of a county as a problem to plan; hours are counted from now. */
export function planProblemOf({ now, asked, workers, spans, present }: County): PlanProblem {
  const muPerH = workers.reduce((sum, worker) => sum + worker.muPerH, 0) / Math.max(1, workers.length);
  const promised = workers.flatMap(worker => worker.orders.map(order => ({ ...order, serviceH: order.restMu / worker.muPerH })));
  const parts = new Map(asked.map(one => [one.request.id, partsIn(one.openMu / muPerH)]));
  return {
    speedKmh: usualTravel.selfKmh,
    detour: usualTravel.detour,
    machines: workers.map(worker => ({
      id: worker.machine,
      lng: worker.lngLat[0],
      lat: worker.lngLat[1],
      skills: skillsOf(worker, asked),
      return: false,
      workingHours: hoursAfter(spans[worker.drive], worker.freeInH),
      frozen: worker.orders.map(({ id }) => id),
    })),
    orders: [
      ...promised.map(({ id, lngLat: [lng, lat], serviceH, to }) => ({
        ...{ id, lng, lat, serviceH, readyH: 0, dueH: (to - now) / HOUR },
        ...{ demand: 0, skills: [] },
      })),
      ...asked.map(one => ({
        id: one.request.id,
        lng: one.request.lngLat[0],
        lat: one.request.lngLat[1],
        serviceH: one.openMu / muPerH,
        readyH: Math.max(0, (one.request.from - now) / HOUR),
        dueH: (one.request.to - now) / HOUR,
        demand: 0,
        skills: needsOf(one),
        shareH: SHARE_H,
      })),
    ],
    present: present.map(({ machine, steps }) => ({ machine, orders: steps.flatMap(step => partsOfStep(step, asked, parts)) })),
    stayKm: STAY_KM,
    mostMovedShare: MOST_MOVED_SHARE,
  };
}

export const partsIn = (serviceH: number): number => Math.max(1, Math.ceil(serviceH / SHARE_H - 1e-9));

function partsOfStep(
  { request, areaMu }: { request: string; areaMu: number },
  asked: readonly Asked[],
  parts: ReadonlyMap<string, number>,
) {
  const one = asked.find(({ request: { id } }) => id === request);
  const count = one ? Math.max(1, Math.round((areaMu * parts.get(request)!) / one.openMu)) : 0;
  return Array<string>(count).fill(request);
}

/** Skills are few, so that machines stay alike: only who is refused something lacks one. */
function needsOf({ request: { id, trackedOnly, leastWidthM, mostWidthM }, notFor }: Asked): string[] {
  return [
    ...(trackedOnly ? ['tracked'] : []),
    ...(leastWidthM === null ? [] : [`from ${leastWidthM} m`]),
    ...(mostWidthM === null ? [] : [`to ${mostWidthM} m`]),
    ...(notFor.length > 0 ? [`may ${id}`] : []),
  ];
}

function skillsOf({ machine, drive, workingWidthM }: Worker, asked: readonly Asked[]): string[] {
  const has = new Set<string>(drive === 'tracked' ? ['tracked'] : []);
  for (const { request, notFor } of asked) {
    if (request.leastWidthM !== null && workingWidthM >= request.leastWidthM) has.add(`from ${request.leastWidthM} m`);
    if (request.mostWidthM !== null && workingWidthM <= request.mostWidthM) has.add(`to ${request.mostWidthM} m`);
    if (notFor.length > 0 && !notFor.includes(machine)) has.add(`may ${request.id}`);
  }
  return [...has].sort();
}

/** What it works at now is finished within the hours of work. */
function hoursAfter(spans: WorkableSpans['wheeled'], busyH: number): { fromH: number; toH: number }[] {
  let left = busyH;
  return spans.flatMap(({ fromH, toH }) => {
    const taken = Math.min(left, toH - fromH);
    left -= taken;
    return toH - fromH - taken > 1e-6 ? [{ fromH: fromH + taken, toH }] : [];
  });
}
