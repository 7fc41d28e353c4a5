import { randomUUID } from 'node:crypto';
import type { Advice, AdviceReason, AdviceStep } from '../../../shared/advice.ts';
import type { PlanAnswer } from '../../../shared/plan.ts';
import { dayOf, type Operation } from '../../../shared/season.ts';
import type { WorkOrder, WorkRequest } from '../../../shared/work-order.ts';
import { type Asked, type County, planProblemOf, type Worker } from '../../domain/advice/plan-problem.ts';
import { type PlanStep, planSteps } from '../../domain/advice/plan-steps.ts';
import { workableSpans } from '../../domain/advice/workable-spans.ts';
import type { Draft } from './advice-book.ts';
import type { Worked } from './moves-advisor.ts';
import type { PlanWorks } from './plan-works.ts';
import type { OpenRequest } from './ports.ts';
import { countyOf, type PresentMachine, type RosterParts, rosterOf } from './roster.ts';
import { horizonFrom, type StateParts } from './unit-states.ts';

/** What is asked for later than this is planned later. */
const AHEAD_H = 48;
/** The most urgent of a county, as many as are planned well in two seconds. */
const MOST_REQUESTS = 400;
/** Machines may work on for so many days. */
const DAYS = 7;
const HOUR = 3_600_000;

export type PlanParts = Omit<StateParts, 'forecasts' | 'board'> & RosterParts & { plans: PlanWorks; now: () => number };

interface Wish {
  county: string;
  operation: Operation;
  /** The plan at hand. */
  present: Advice | null;
}

/** Advice 2: which machine of a county takes which requests, one after the other. */
export class PlanAdvisor {
  constructor(private readonly parts: PlanParts) {}

  async work({ county: code, operation, present }: Wish): Promise<Worked<Draft>> {
    const { registry, now, plans } = this.parts;
    const { season } = registry;
    if (!season) return { nothing: 'noSeason' };
    if (season.closedAt !== undefined) return { nothing: 'seasonClosed' };
    const at = now();
    const open = this.parts.orders.openRequests(code).filter(({ request }) => request.operation === operation);
    const asked = open.filter(({ request }) => request.from <= at + AHEAD_H * HOUR).slice(0, MOST_REQUESTS);
    if (asked.length === 0) return { nothing: 'noRequests' };
    const roster = rosterOf(this.parts, operation, at);
    const workers = roster.present.filter(machine => machine.unit === code);
    const ownStale = roster.stale.filter(machine => countyOf(registry, registry.machines.get(machine)?.division ?? null) === code);
    if (workers.length === 0) return { nothing: ownStale.length > 0 ? 'allStale' : 'noMachines' };
    const county: County = {
      now: at,
      asked: asked.map(one => this.askedOf(one, workers)),
      workers: workers.map(workerOf),
      spans: workableSpans({
        now: at,
        hoursOfDay: season.workableHours[operation],
        days: DAYS,
        rainOf: day => this.parts.rainOf(code, day),
      }),
      present: presentOf(present),
    };
    const requests = new Map(asked.map(({ request }) => [request.id, request]));
    const problem = planProblemOf(county);
    const answer = await plans.plan(problem);
    const steps = planSteps(county, problem, answer);
    const reasons = reasonsOf(county, { more: open.length - asked.length, latenessH: answer.latenessH });
    return {
      draft: {
        id: randomUUID(),
        kind: 'plan',
        division: code,
        operation,
        at,
        reasons,
        steps: steps.map(step => this.stepOf(step, { requests, workers, operation, at, county: code })),
        moves: null,
        plan: this.planOf(requests, answer),
        effect: [],
        staleMachines: ownStale,
      },
    };
  }

  private askedOf({ request, openMu, declinedBy }: OpenRequest, workers: readonly PresentMachine[]): Asked {
    const holding = workers.filter(({ orders }) => orders.some(order => order.request === request.id)).map(({ machine }) => machine);
    return { request, openMu, notFor: [...declinedBy, ...holding] };
  }

  private stepOf(step: PlanStep, { requests, workers, operation, at, county }: Told): AdviceStep {
    const { machine, request, areaMu } = step;
    const { known, version } = workers.find(one => one.machine === machine)!;
    const asked = requests.get(request)!;
    const { firstDay } = horizonFrom(this.parts.registry.season!, operation, { now: at });
    const startsAt = Math.round(at + step.beginH * HOUR);
    return {
      offer: { id: randomUUID(), kind: 'work', request, machine, division: null, operation, areaMu, note: '' },
      plate: known.plate,
      operatorName: known.operatorName,
      from: county,
      to: asked.division,
      placeName: this.placeOf(asked),
      day: dayOf(startsAt),
      startsAt,
      endsAt: Math.round(at + step.endH * HOUR),
      km: step.km,
      hours: step.travelH,
      machineVersion: version,
      why: step.why,
      isLater: dayOf(startsAt) > firstDay,
    };
  }

  private planOf(requests: ReadonlyMap<string, WorkRequest>, { latenessH, travelKm, unassigned }: PlanAnswer): Advice['plan'] {
    return {
      latenessH: tenth(latenessH),
      km: tenth(travelKm),
      unassigned: unassigned.flatMap(({ order, cause }) => {
        const request = requests.get(order);
        return request ? [{ request: order, placeName: this.placeOf(request), cause }] : [];
      }),
    };
  }

  private placeOf = ({ division, village }: WorkRequest): string =>
    `${this.parts.registry.divisions.get(division)?.name ?? division}${village}`;
}

interface Told {
  requests: ReadonlyMap<string, WorkRequest>;
  workers: readonly PresentMachine[];
  operation: Operation;
  at: number;
  county: string;
}

const tenth = (value: number): number => Math.round(10 * value) / 10;

function workerOf({ machine, lngLat, known, workingWidthM, muPerH, freeInH, orders }: PresentMachine): Worker {
  const promised = orders.map(({ id, lngLat: at, areaMu, to }: WorkOrder) => ({ id, lngLat: at, restMu: areaMu, to }));
  return { machine, lngLat, drive: known.drive, workingWidthM, muPerH, freeInH: orders.length > 0 ? 0 : freeInH, orders: promised };
}

function presentOf(present: Advice | null): County['present'] {
  const byMachine = new Map<string, { request: string; areaMu: number }[]>();
  for (const { offer } of present?.steps ?? []) {
    if (offer.request === null || offer.areaMu === null) continue;
    byMachine.set(offer.machine, [...(byMachine.get(offer.machine) ?? []), { request: offer.request, areaMu: offer.areaMu }]);
  }
  return [...byMachine].map(([machine, steps]) => ({ machine, steps }));
}

function reasonsOf({ asked }: County, { more, latenessH }: { more: number; latenessH: number }): AdviceReason[] {
  const mu = tenth(asked.reduce((sum, { openMu }) => sum + openMu, 0));
  return [
    { code: 'requests', values: { count: asked.length, mu, more } },
    ...(latenessH >= 0.05 ? [{ code: 'late', values: { hours: tenth(latenessH) } } as const] : []),
  ];
}
