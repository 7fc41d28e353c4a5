import { DateTime } from 'luxon';
import * as z from 'zod';

export const ZONE = 'Asia/Shanghai';

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export const daySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD')
  .refine(day => DateTime.fromISO(day, { zone: ZONE }).isValid, 'no such day');
export type Day = string;

export const operations = ['harvest', 'sow'] as const;
export type Operation = (typeof operations)[number];

const hours = z.object({ from: z.number().min(0).max(24), to: z.number().min(0).max(24) });

/** The season of one year. Planted and planned areas are versioned per unit and live in `PlannedArea`. */
export const seasonSchema = z.object({
  year: z.number().int(),
  name: z.string(),
  demo: z.boolean(),
  deadline: z.object({ harvest: daySchema, sow: daySchema }),
  /** 0..1: 机收率 and 机播率 that the city wants to reach. */
  targetRate: z.object({ harvest: z.number(), sow: z.number() }),
  /** The first day on which work can be expected anywhere; a unit's own first ripe date overrides it. */
  firstDay: z.object({ harvest: daySchema, sow: daySchema }),
  /** Local hours of the day in which the work can be done when the weather allows. */
  workableHours: z.object({ harvest: hours, sow: hours }),
  /** Fixes outside are refused: [west, south, east, north] in degrees. */
  serviceArea: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** What a machine does on a dry day in the middle of a season, as former years tell: a forecast begins with it. */
  usualMuPerMachineDay: z.object({ harvest: z.number().positive().optional(), sow: z.number().positive().optional() }).optional(),
  /** Where the area per unit comes from, e.g. "invented for the demonstration". */
  areaSource: z.string(),
  /** Its batches of the fix log are those after this number; absent: from the first. */
  fromBatch: z.number().int().optional(),
  /** Set when it is closed: since when, and up to which batch it is folded. From then on nothing of it changes. */
  closedAt: z.number().optional(),
  closedUpTo: z.number().int().optional(),
});
export type Season = z.infer<typeof seasonSchema>;

/** What a person says of a season; what is left out has the usual value. */
export const seasonInputSchema = z.object({
  year: z.number().int().min(2000).max(2100),
  name: z.string().trim().min(1).max(40).optional(),
  deadline: seasonSchema.shape.deadline.optional(),
  targetRate: z.object({ harvest: z.number().min(0).max(1), sow: z.number().min(0).max(1) }).optional(),
  firstDay: seasonSchema.shape.firstDay.optional(),
  workableHours: seasonSchema.shape.workableHours.optional(),
  serviceArea: seasonSchema.shape.serviceArea.optional(),
  usualMuPerMachineDay: seasonSchema.shape.usualMuPerMachineDay,
  areaSource: z.string().trim().max(100).optional(),
});
export type SeasonInput = z.infer<typeof seasonInputSchema>;

export const CHINA_BOUNDS: Season['serviceArea'] = [73, 3.8, 135.1, 53.6];

export const seasonOf = (year: number, demo: boolean): Season => ({
  year,
  name: `${year} 三夏`,
  demo,
  deadline: { harvest: `${year}-06-12`, sow: `${year}-06-25` },
  targetRate: { harvest: 0.99, sow: 0.95 },
  firstDay: { harvest: `${year}-05-28`, sow: `${year}-05-30` },
  workableHours: { harvest: { from: 5.5, to: 20 }, sow: { from: 5.5, to: 20 } },
  serviceArea: CHINA_BOUNDS,
  areaSource: demo ? '演示数据' : '',
});

const local = (at: number): DateTime => DateTime.fromMillis(at, { zone: ZONE });
const startOfDay = (day: Day): DateTime => DateTime.fromISO(day, { zone: ZONE });

/** The calendar day an instant falls on. */
export const dayOf = (at: number): Day => local(at).toISODate()!;
export const dayStart = (day: Day): number => startOfDay(day).toMillis();
export const addDays = (day: Day, days: number): Day => startOfDay(day).plus({ days }).toISODate()!;

/** A bulletin's day D runs from 17:00 of D−1 to 17:00 of D. */
export const BULLETIN_HOUR = 17;
export const cutOff = (day: Day): number => startOfDay(day).set({ hour: BULLETIN_HOUR }).toMillis();
export const bulletinDayOf = (at: number): Day =>
  local(at)
    .plus({ hours: 24 - BULLETIN_HOUR })
    .minus({ milliseconds: 1 })
    .toISODate()!;

/** Half an hour before the cut-off the bureau wants the clerks' figures. */
export const reportsDue = (day: Day): number => cutOff(day) - 30 * 60_000;
/** Before noon the bulletin of the day before is still the one in hand, afterwards that of the day that runs. */
const NOON_HOUR = 12;
export const bulletinInHand = (at: number): Day =>
  local(at).hour >= NOON_HOUR && at <= cutOff(dayOf(at)) ? dayOf(at) : addDays(bulletinDayOf(at), -1);

/** Whole calendar days from the day of `at` to the deadline: 0 on the last day, negative when it has passed. */
export const daysLeft = (deadline: Day, at: number): number => Math.round(startOfDay(deadline).diff(startOfDay(dayOf(at)), 'days').days);

/** Workable hours between two instants, counted in the local hours of each day. */
export function workableHoursBetween(from: number, to: number, hoursOfDay: { from: number; to: number }): number {
  if (to <= from) return 0;
  let total = 0;
  for (let day = startOfDay(dayOf(from)); day.toMillis() < to; day = day.plus({ days: 1 })) {
    const opens = Math.max(from, day.toMillis() + hoursOfDay.from * 3_600_000);
    const closes = Math.min(to, day.toMillis() + hoursOfDay.to * 3_600_000);
    total += Math.max(0, closes - opens) / 3_600_000;
  }
  return total;
}

/** The deadline's own end: the close of the workable hours on that day. */
export const deadlineInstant = (season: Season, operation: Operation, deadline: Day = season.deadline[operation]): number =>
  dayStart(deadline) + season.workableHours[operation].to * 3_600_000;

/**
 * Where a unit should be at `at`, 0..1: linear in workable hours from its first ripe date to its deadline.
 * The dates are the season's unless the unit has its own.
 */
export function expectedProgress(
  season: Season,
  operation: Operation,
  at: number,
  own: { firstDay?: Day | undefined; deadline?: Day | undefined } = {},
): number {
  const from = dayStart(own.firstDay ?? season.firstDay[operation]);
  const to = deadlineInstant(season, operation, own.deadline);
  const hoursOfDay = season.workableHours[operation];
  const all = workableHoursBetween(from, to, hoursOfDay);
  return all > 0 ? Math.min(1, workableHoursBetween(from, at, hoursOfDay) / all) : 1;
}
