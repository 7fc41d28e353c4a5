import * as z from 'zod';
import { forecastBriefSchema } from './forecast.ts';
import { divisionCodeSchema } from './registry.ts';
import { daySchema } from './season.ts';

const fraction = z.number().nullable();

/** One operation of one unit on one day; mu cumulative since the season's start, fractions 0..1, null where the denominator is 0. */
export const operationProgressSchema = z.object({
  measuredMu: z.number(),
  reportedMachineMu: z.number(),
  reportedHandMu: z.number(),
  headlineMu: z.number(),
  progress: fraction,
  machineRate: fraction,
});

/** `GET /api/v1/progress` */
export const progressSchema = z.object({
  division: divisionCodeSchema,
  day: daySchema,
  asOf: z.number(),
  plantedMu: z.number(),
  plannedMu: z.number(),
  /** Share of the unit's machines that carry a terminal. */
  terminalShare: fraction,
  harvest: operationProgressSchema,
  sow: operationProgressSchema,
});
export type Progress = z.infer<typeof progressSchema>;

export const liveOperationSchema = operationProgressSchema.extend({
  /** Measured since 00:00, mu. */
  todayMu: z.number(),
  /** Where the unit should be now, 0..1. */
  expected: z.number(),
  /** expected − progress; positive is late. Null without planted area. */
  lateBy: fraction,
  /** The headline was cut down to the planted area. */
  capped: z.boolean(),
  /** When it will be through; null: not forecast (yet), as towns are only when asked for. */
  forecast: forecastBriefSchema.nullable(),
  /** Sown where no harvest is known from any source (收获未记录), mu. */
  harvestUnrecordedMu: z.number(),
});
export type LiveOperation = z.infer<typeof liveOperationSchema>;

/** What the panels show of one unit, now. */
export const unitNowSchema = z.object({
  code: divisionCodeSchema,
  name: z.string(),
  nameEn: z.string().optional(),
  level: z.enum(['city', 'county', 'town']),
  parent: divisionCodeSchema.nullable(),
  plantedMu: z.number(),
  plannedMu: z.number(),
  terminalShare: fraction,
  /** By the unit they belong to. Online: heard of in the last ten minutes. Available: online and not in repair; one in repair does not count as working. */
  machines: z.object({
    registered: z.number(),
    online: z.number(),
    working: z.number(),
    inRepair: z.number(),
    available: z.number(),
  }),
  harvest: liveOperationSchema,
  sow: liveOperationSchema,
});
export type UnitNow = z.infer<typeof unitNowSchema>;
