import * as z from 'zod';
import { lateCorrectionSchema } from './correction.ts';
import { plainLine, plainText } from './plain-text.ts';
import { receptionCountsSchema } from './reception.ts';
import { divisionCodeSchema } from './registry.ts';
import { daySchema } from './season.ts';

/** The bulletin of one unit and day: what it says of each of the units below, and of the whole. */

const fraction = z.number().nullable();

/** One operation of one unit; mu, cumulative since the season's start but for `today…`; fractions 0..1, null where the denominator is 0. */
export const bulletinOperationSchema = z.object({
  /** Planted (harvest) or planned (sowing). */
  areaMu: z.number(),
  /** The headline: what is cut or sown. */
  doneMu: z.number(),
  /** Of it by machine. */
  machineMu: z.number(),
  progress: fraction,
  machineRate: fraction,
  /** Since the bulletin day before. */
  todayMu: z.number(),
  todayMeasuredMu: z.number(),
  measuredMu: z.number(),
  reportedMachineMu: z.number(),
  reportedHandMu: z.number(),
  /** Measured less reported by machine: read it with the share of machines that carry a terminal. */
  gapMu: z.number(),
  /** Cut down to the area, here or in a unit below. */
  capped: z.boolean(),
});
export type BulletinOperation = z.infer<typeof bulletinOperationSchema>;

/** Machines that sent positions on the day, by kind; null: not known any more. */
export const machinesOutSchema = z.object({
  combines: z.number().nullable(),
  seeders: z.number().nullable(),
  inRepair: z.number().nullable(),
});
export type MachinesOut = z.infer<typeof machinesOutSchema>;

export const bulletinUnitSchema = z.object({
  code: divisionCodeSchema,
  name: z.string(),
  nameEn: z.string().optional(),
  level: z.enum(['city', 'county', 'town']),
  terminalShare: fraction,
  machines: machinesOutSchema,
  /** Absent in bulletins that were issued before there was a reception. */
  reception: receptionCountsSchema.optional(),
  harvest: bulletinOperationSchema,
  sow: bulletinOperationSchema,
});
export type BulletinUnit = z.infer<typeof bulletinUnitSchema>;

export const remarksSchema = z.object({
  general: z.string().max(2000).transform(plainText),
  /** By unit, one line each. */
  units: z.record(divisionCodeSchema, z.string().max(200).transform(plainLine)),
});
export type Remarks = z.infer<typeof remarksSchema>;
export const noRemarks: Remarks = { general: '', units: {} };

export const bulletinContentSchema = z.object({
  total: bulletinUnitSchema,
  units: z.array(bulletinUnitSchema),
  remarks: z.object({ general: z.string(), units: z.record(z.string(), z.string()) }),
});
export type BulletinContent = z.infer<typeof bulletinContentSchema>;

export const changedFigures = [
  'areaMu',
  'doneMu',
  'machineMu',
  'progress',
  'machineRate',
  'todayMu',
  'measuredMu',
  'reportedMachineMu',
  'reportedHandMu',
] as const;
export type ChangedFigure = (typeof changedFigures)[number];

/** What differs between two versions: a figure of one operation, a remark (`operation` null), or a unit that came or went. */
export const bulletinChangeSchema = z.object({
  code: z.string(),
  name: z.string(),
  operation: z.enum(['harvest', 'sow']).nullable(),
  figure: z.enum([...changedFigures, 'remark', 'general', 'unit']),
  before: z.union([z.number(), z.string()]).nullable(),
  after: z.union([z.number(), z.string()]).nullable(),
});
export type BulletinChange = z.infer<typeof bulletinChangeSchema>;

/** As issued, never changed again. A correction is a version of its own, with its reason and what it changed. */
export const issuedBulletinSchema = z.object({
  division: divisionCodeSchema,
  day: daySchema,
  version: z.number().int().min(1),
  cutOff: z.number(),
  issuedAt: z.number(),
  author: z.string(),
  reason: z.string().nullable(),
  changes: z.array(bulletinChangeSchema),
  seasonYear: z.number().int(),
  seasonName: z.string(),
  areaSource: z.string(),
  demo: z.boolean(),
  content: bulletinContentSchema,
});
export type IssuedBulletin = z.infer<typeof issuedBulletinSchema>;

export const bulletinSummarySchema = issuedBulletinSchema.omit({ content: true });
export type BulletinSummary = z.infer<typeof bulletinSummarySchema>;

/** What is being written for a day: live figures, remarks as last saved, and what has been issued already. */
export const bulletinDraftSchema = z.object({
  division: divisionCodeSchema,
  day: daySchema,
  /** The days that have a bulletin: the one that runs, then backwards. */
  days: z.array(daySchema),
  cutOff: z.number(),
  asOf: z.number(),
  /** The day has ended; before that it can be looked at but not issued. */
  isFinal: z.boolean(),
  content: bulletinContentSchema,
  /** Of the remarks; 0: nobody has written any. */
  draft: z.object({ version: z.number().int(), author: z.string().nullable(), at: z.number().nullable() }),
  issued: z.array(bulletinSummarySchema),
  /** What differs from the latest issued version by now. */
  sinceIssue: z.array(bulletinChangeSchema),
  /** Of it, what is of fixes that came after it was issued; the largest first. */
  lateFixes: z.array(lateCorrectionSchema.extend({ plate: z.string() })),
  /** Lowest units that should have reported, and those of them that have not. */
  reports: z.object({ expected: z.number(), missing: z.number() }),
  seasonYear: z.number().int(),
  seasonName: z.string(),
  areaSource: z.string(),
  demo: z.boolean(),
});
export type BulletinDraft = z.infer<typeof bulletinDraftSchema>;

const weekOperation = z.object({ dailyMu: z.array(z.number()), doneMu: z.number(), areaMu: z.number(), progress: fraction });
export const bulletinWeekSchema = z.object({
  division: divisionCodeSchema,
  /** Seven bulletin days, oldest first; the amounts of each unit stand in this order. */
  days: z.array(z.object({ day: daySchema, isFinal: z.boolean(), issuedVersion: z.number().nullable() })),
  total: z.object({ code: z.string(), name: z.string(), nameEn: z.string().optional(), harvest: weekOperation, sow: weekOperation }),
  units: z.array(
    z.object({ code: z.string(), name: z.string(), nameEn: z.string().optional(), harvest: weekOperation, sow: weekOperation }),
  ),
});
export type BulletinWeek = z.infer<typeof bulletinWeekSchema>;

/** A unit's place among its neighbours. Equals share a rank; what has no progress has none. */
export interface Ranked {
  unit: BulletinUnit;
  rank: number | null;
  /** Progress less that of the whole; null where either is undefined. */
  gap: number | null;
}

/** By progress, best first; units without an area come last. The mean is the whole's progress, so that large units weigh more. */
export function ranking({ total, units }: Pick<BulletinContent, 'total' | 'units'>, operation: 'harvest' | 'sow'): Ranked[] {
  const mean = total[operation].progress;
  const sorted = [...units].sort((one, other) => (other[operation].progress ?? -1) - (one[operation].progress ?? -1));
  return sorted.map(unit => {
    const { progress } = unit[operation];
    const ahead = units.filter(other => progress !== null && (other[operation].progress ?? -1) > progress).length;
    return { unit, rank: progress === null ? null : ahead + 1, gap: progress === null || mean === null ? null : progress - mean };
  });
}
