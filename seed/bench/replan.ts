import { planFaults } from '../../server/domain/plan/plan-check.ts';
import { planFor } from '../../server/services/plan-for.ts';
import type { Planning } from '../../server/services/planning.ts';
import type { PlanAnswer, PlanProblem } from '../../shared/plan.ts';
import { randomOf } from '../season/random.ts';
import { drawCounty, type FaultKind, type Faulty, faultKinds, type Load, loads, strike } from './replan-county.ts';

/** A new plan after a fault beside one from scratch, which got the same time and owes nobody anything. */
export interface Replanned {
  county: string;
  fault: FaultKind;
  /** The fault's hour over the last due hour. */
  passed: number;
  orders: number;
  seconds: number;
  lateH: { present: number; scratch: number; again: number };
  km: { present: number; scratch: number; again: number };
  /** With an hour late as dear as an hour's drive: what is late counts for little here. */
  costRatio: number;
  /** Share of the untouched orders that have their machine still. */
  kept: number;
  /** Whether every order that the fault struck is done by somebody. */
  served: boolean;
  good: boolean;
}

export const [MOST_COST, LEAST_KEPT] = [1.05, 0.8];
/** So much later is no matter where next to nothing is late. */
const LEAST_LATE_H = 0.05;

/** @throws when a plan breaks a rule of the problem */
export function judged(faulty: Faulty, { scratch, again }: { scratch: PlanAnswer; again: PlanAnswer }) {
  const { problem, struck, untouched } = faulty;
  for (const answer of [scratch, again]) {
    const [fault] = planFaults(problem, answer);
    if (fault !== undefined) throw new Error(fault);
  }
  const machineOf = new Map(again.routes.flatMap(({ machine, orders }) => orders.map(order => [order, machine] as const)));
  const stayed = [...untouched].filter(([order, machine]) => machineOf.get(order) === machine).length;
  const kept = untouched.size > 0 ? stayed / untouched.size : 1;
  const cost = ({ latenessH, travelKm }: PlanAnswer) => travelKm + problem.speedKmh * latenessH;
  const costRatio = cost(again) / cost(scratch);
  const isLittleLate = again.latenessH <= Math.max(MOST_COST * scratch.latenessH, scratch.latenessH + LEAST_LATE_H);
  const served = struck.every(order => machineOf.has(order));
  return { costRatio, kept, served, good: served && kept >= LEAST_KEPT && isLittleLate && costRatio <= MOST_COST };
}

interface Wish {
  seed: string;
  counties: number;
  seconds: number;
}

/** Each county once in every load, with either fault, at the beginning or when three tenths of the time are over. */
export async function benchReplan(planning: Planning, wish: Wish, show: (one: Replanned) => void): Promise<Replanned[]> {
  const all: Replanned[] = [];
  for (let number = 0; number < wish.counties; number++)
    for (const load of Object.keys(loads) as Load[])
      for (const kind of faultKinds) {
        const one = await replan(planning, { wish, number, load, kind });
        show(one);
        all.push(one);
      }
  return all;
}

async function replan(planning: Planning, { wish, number, load, kind }: { wish: Wish; number: number; load: Load; kind: FaultKind }) {
  const name = `${wish.seed}-${number}`;
  const problem = drawCounty(name, load);
  const timed = async (one: PlanProblem, seed: number) => {
    const beganMs = Date.now();
    const answer = await planFor(planning, one, { seed, untilMs: beganMs + 1000 * wish.seconds });
    return { answer, seconds: (Date.now() - beganMs) / 1000 };
  };
  const present = (await timed(problem, 1)).answer;
  const lastH = Math.max(...problem.orders.map(order => order.dueH!));
  const passed = number % 2 === 0 ? 0 : 0.3;
  const faulty = strike(problem, present, { kind, atH: passed * lastH, random: randomOf(name, load, kind) });
  const scratch = (await timed({ ...faulty.problem, present: [] }, 2)).answer;
  const { answer: again, seconds } = await timed(faulty.problem, 3);
  return {
    ...{ county: `${number} ${load}${problem.machines[0].workingHours ? ', nights' : ''}`, fault: kind, passed, seconds },
    orders: faulty.problem.orders.length,
    lateH: { present: present.latenessH, scratch: scratch.latenessH, again: again.latenessH },
    km: { present: present.travelKm, scratch: scratch.travelKm, again: again.travelKm },
    ...judged(faulty, { scratch, again }),
  };
}

export function replanLine({ county, fault, orders, seconds, lateH, km, costRatio, kept, served, good }: Replanned): string {
  const late = `late ${lateH.scratch.toFixed(1)} → ${lateH.again.toFixed(1)} h`;
  const way = `${km.scratch.toFixed(0)} → ${km.again.toFixed(0)} km`;
  const verdict = `${good ? '' : ' SHORT'}${served ? '' : ' UNSERVED'}`;
  return `${county.padEnd(22)} ${fault.padEnd(12)} ${orders} orders: ${late}, ${way}, cost × ${costRatio.toFixed(3)}, kept ${(100 * kept).toFixed(0)} %, ${seconds.toFixed(2)} s${verdict}`;
}
