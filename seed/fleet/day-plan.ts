import { type Day, dayStart, type Operation } from '../../shared/season.ts';
import { randomOf } from '../season/random.ts';

/** What one machine's day holds; instants are season time. */
export interface DayPlan {
  day: Day;
  start: number;
  end: number;
  lunchAt: number;
  lunchMs: number;
  /** What the day is meant to bring: more work than that is not waiting for it. */
  quotaMu: number;
  /** Infinity when nothing breaks. */
  breakdownAt: number;
  repairMs: number;
  /** While the signal is lost. */
  outages: [from: number, to: number][];
}

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Mu a day: combines from 80 real harvester-days of June 2021; seeders faster than life, so that 100 keep up behind 250 combines. */
const QUOTA_MU = { harvest: { from: 25, to: 52 }, sow: { from: 45, to: 75 } };
const BREAKDOWN_SHARE = 0.05;
const OUTAGE_SHARE = 0.3;

/** From so much rain on nobody goes out. */
const STAYS_IN_MM = 5;

/** A day of rain is slept through. */
export const heldUpBy = (rainMm: number, plan: DayPlan): DayPlan =>
  rainMm < STAYS_IN_MM ? plan : { ...plan, start: plan.end, breakdownAt: Number.POSITIVE_INFINITY, outages: [] };

/** The same machine has the same day whenever it is asked for, so that a restart goes on with it. */
export function planDay(seed: number, machine: string, operation: Operation, day: Day): DayPlan {
  const random = randomOf(seed, 'day', machine, day);
  const midnight = dayStart(day);
  const start = midnight + (random.next() < 0.4 ? 5.5 : random.between(5.6, 7.3)) * HOUR;
  const end = midnight + random.between(19, 20.3) * HOUR;
  const within = () => random.between(start, end);
  const plan: DayPlan = {
    day,
    start,
    end,
    lunchAt: midnight + random.between(11.3, 12.6) * HOUR,
    lunchMs: random.between(25, 55) * MINUTE,
    quotaMu: random.between(QUOTA_MU[operation].from, QUOTA_MU[operation].to),
    breakdownAt: random.next() < BREAKDOWN_SHARE ? within() : Number.POSITIVE_INFINITY,
    repairMs: random.between(1, 3) * HOUR,
    outages: [],
  };
  while (random.next() < OUTAGE_SHARE && plan.outages.length < 3) {
    const from = within();
    plan.outages.push([from, from + random.between(5, 40) * MINUTE]);
  }
  return plan;
}
