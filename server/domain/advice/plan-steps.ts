import type { AdviceReason } from '../../../shared/advice.ts';
import type { PlanAnswer, PlanProblem } from '../../../shared/plan.ts';
import { timetable } from '../plan/timetable.ts';
import { type Asked, type County, partsIn } from './plan-problem.ts';

/** One machine's part of one request. */
export interface PlanStep {
  machine: string;
  request: string;
  areaMu: number;
  beginH: number;
  endH: number;
  km: number;
  travelH: number;
  why: AdviceReason[];
}

const tenth = (value: number): number => Math.round(10 * value) / 10;

/** The plan as steps, machine by machine in the sequence of the work; what was promised before stands in none. */
export function planSteps(county: County, problem: PlanProblem, { routes }: PlanAnswer): PlanStep[] {
  const asked = new Map(county.asked.map(one => [one.request.id, one]));
  const orders = new Map(problem.orders.map(order => [order.id, order]));
  const shares = new Map(county.asked.map(one => [one.request.id, partShares(one, orders.get(one.request.id)!.serviceH)]));
  const steps = routes.flatMap(({ machine: id, orders: ids }) => {
    const machine = problem.machines.find(one => one.id === id)!;
    const route = ids.map(one => orders.get(one)!);
    const { beginH, doneH, legKm } = timetable(machine, route, problem);
    const own: PlanStep[] = [];
    for (const [at, request] of ids.entries()) {
      const one = asked.get(request);
      if (!one) continue;
      const areaMu = shares.get(request)!.shift()!;
      // Two parts for the same machine are one order.
      const known = own.find(step => step.request === request);
      if (known) {
        known.areaMu = tenth(known.areaMu + areaMu);
        known.endH = doneH[at];
        continue;
      }
      const km = tenth(legKm[at]);
      own.push({ machine: id, request, areaMu, beginH: beginH[at], endH: doneH[at], km, travelH: tenth(km / problem.speedKmh), why: [] });
    }
    return own;
  });
  for (const step of steps) step.why = whyOf(county, { step, one: asked.get(step.request)!, parts: partners(steps, step) });
  return steps;
}

/** Tenths of a mu that add up to what is open. */
function partShares({ openMu }: Asked, serviceH: number): number[] {
  const parts = partsIn(serviceH);
  const each = Math.floor((10 * openMu) / parts) / 10;
  return Array.from({ length: parts }, (_, at) => (at === 0 ? tenth(openMu - each * (parts - 1)) : each));
}

const partners = (steps: readonly PlanStep[], { request }: PlanStep): number => steps.filter(step => step.request === request).length;

function whyOf(county: County, { step, one, parts }: { step: PlanStep; one: Asked; parts: number }): AdviceReason[] {
  const { request } = one;
  const slackH = (request.to - county.now) / 3_600_000 - step.endH;
  const wasHere = county.present.some(({ machine, steps }) => machine === step.machine && steps.some(own => own.request === step.request));
  return [
    slackH >= 0 ? { code: 'inTime', values: { hours: tenth(slackH) } } : { code: 'tooLate', values: { hours: tenth(-slackH) } },
    { code: 'road', values: { km: step.km, hours: step.travelH } },
    ...(request.trackedOnly ? [{ code: 'asked', values: { need: 'tracked' } } as const] : []),
    ...(request.leastWidthM !== null || request.mostWidthM !== null ? [{ code: 'asked', values: { need: 'width' } } as const] : []),
    ...(parts > 1 ? [{ code: 'share', values: { parts } } as const] : []),
    ...(wasHere ? [{ code: 'kept', values: {} } as const] : []),
  ];
}
