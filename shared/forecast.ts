import { DateTime } from 'luxon';
import * as z from 'zod';
import { operations, ZONE } from './season.ts';

/** A day, or an instant of which the day in Asia/Shanghai counts. */
const dayOrInstant = z
  .string()
  .refine(text => /^\d{4}-\d{2}-\d{2}/.test(text) && DateTime.fromISO(text, { zone: ZONE }).isValid, 'must be a day as YYYY-MM-DD')
  .transform(text => DateTime.fromISO(text, { zone: ZONE }).toISODate()!);

const amount = z.number().min(0);
const rowOfDay = z.object({
  date: dayOrInstant,
  /** Cumulative at the end of the day. */
  doneMu: amount,
  /** Machines of the operation that were there that day; null: not known. */
  machines: amount.nullish().transform(known => known ?? null),
  rainMm: amount.nullish().transform(known => known ?? null),
  /** How much of the day's workable hours the row covers; absent: all of them; 0: it only says where the work stood. */
  share: z.number().min(0).max(1).optional(),
});
const rowOfOutlook = z.object({ date: dayOrInstant, rainMm: amount });

const eachDayOnce = (name: string) => (rows: readonly { date: string }[], context: z.RefinementCtx) => {
  const seen = new Set<string>();
  for (const [at, { date }] of rows.entries()) {
    if (seen.has(date))
      context.addIssue({ code: 'custom', path: [at, 'date'], message: `${date} stands twice in ${name}: keep one row a day` });
    seen.add(date);
  }
};

/** What a forecast is made from: one operation in one unit, or in the whole city. */
export const seriesSchema = z.object({
  operation: z.enum(operations),
  totalMu: amount,
  /** The last day on which it is in time. */
  deadline: dayOrInstant,
  /** The last day that is known; rows after it are left out, so that any past day can be replayed. */
  asOf: dayOrInstant,
  days: z.array(rowOfDay).superRefine(eachDayOnce('days')),
  outlook: z.array(rowOfOutlook).default([]).superRefine(eachDayOnce('outlook')),
  /** How much of the last row's day is still to come: that day then counts among those ahead. */
  dayLeft: z.number().min(0).max(1).optional(),
  /** Before this day nothing is expected. */
  firstDay: dayOrInstant.optional(),
  /** What the season of a larger unit says of the rate, for one that knows little itself; absent: what is known of machines in general. */
  prior: z
    .object({
      /** Median mu per machine-day, and standard deviation of its logarithm. */
      muPerMachineDay: z.number().positive(),
      spread: z.number().positive(),
      /** Code of the unit it was learned in; `former`: in former years. */
      from: z.string(),
    })
    .optional(),
});
export type Series = z.infer<typeof seriesSchema>;

const quantiles = z.object({ p10: z.number(), p50: z.number(), p90: z.number() });
/** Null: not within the days that are looked ahead, or not to be told. */
const quantileDays = z.object({ p10: z.string().nullable(), p50: z.string().nullable(), p90: z.string().nullable() });

export const forecastStates = ['done', 'running', 'overdue', 'noMachines', 'noData', 'notBegun', 'noArea'] as const;
export type ForecastState = (typeof forecastStates)[number];

export const forecastNoteCodes = [
  'laterRows',
  'falls',
  'capped',
  'gaps',
  'stale',
  'dryAssumed',
  'done',
  'doneLate',
  'overdue',
  'noData',
  'noMachines',
  'notBegun',
  'noArea',
] as const;
/** For pages the code with its values, for the command the sentence. */
export const forecastNoteSchema = z.object({
  code: z.enum(forecastNoteCodes),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
});
export type ForecastNote = z.infer<typeof forecastNoteSchema>;

/** Why: the terms that make the sum, each with what is known of it. */
const termsSchema = z.object({
  remainingMu: z.number(),
  /** Of a machine on a dry day in the middle of the season. */
  muPerMachineDay: quantiles,
  priorMuPerMachineDay: quantiles,
  /** The unit whose season gave the prior, or `former` years; null: machines in general. */
  priorFrom: z.string().nullable(),
  /** 0..1: how much of the rate still comes from the prior. */
  priorShare: z.number(),
  machinesNow: z.number().nullable(),
  dayToDayDeviation: z.number(),
  /** Means of the days ahead; the pace is what is left of the rate while little is ripe yet, and in the slow last percents. */
  ahead: z.array(
    z.object({ date: z.string(), rainMm: z.number(), workableShare: z.number(), pace: z.number(), machines: z.number(), mu: z.number() }),
  ),
});

export const forecastSchema = z.object({
  state: z.enum(forecastStates),
  finish: quantileDays,
  /** Null when nothing is known of machines. */
  chanceInTime: z.number().nullable(),
  /** For an even chance, from the first day ahead to the deadline; null when no day is left or nothing is known of machines. */
  machinesNeededPerDay: z.number().nullable(),
  /** The same for four chances in five. */
  machinesNeededSafely: z.number().nullable(),
  byDay: z.array(z.object({ date: z.string(), ...quantiles.shape })),
  terms: termsSchema.nullable(),
  /** What was odd in the series and what was done about it, and what the answer rests on. */
  notes: z.array(forecastNoteSchema),
});
export type Forecast = z.infer<typeof forecastSchema>;

/** What a list shows of it. `at`: when it was made, season time. */
export const forecastBriefSchema = z.object({
  state: z.enum(forecastStates),
  ...quantileDays.shape,
  chanceInTime: z.number().nullable(),
  machinesNeededPerDay: z.number().nullable(),
  deadline: z.string(),
  at: z.number(),
});
export type ForecastBrief = z.infer<typeof forecastBriefSchema>;
export type Terms = z.infer<typeof termsSchema>;
export type Quantiles = z.infer<typeof quantiles>;
