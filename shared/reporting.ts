import * as z from 'zod';
import { divisionCodeSchema, reportedSchema } from './registry.ts';
import { daySchema, operations } from './season.ts';

/** What clerks see when they report, and what the dispatcher sees of who has not. */

const unitName = z.object({
  code: divisionCodeSchema,
  name: z.string(),
  nameEn: z.string().optional(),
  level: z.enum(['city', 'county', 'town']),
  parent: divisionCodeSchema.nullable(),
});

/** A wish of the dispatcher that a unit reports; kept, so that both sides see whether it was read. */
export const reminderSchema = z.object({
  id: z.string(),
  division: divisionCodeSchema,
  day: daySchema,
  at: z.number(),
  author: z.string(),
  seen: z.object({ at: z.number(), author: z.string() }).nullable(),
});
export type Reminder = z.infer<typeof reminderSchema>;

const formOperation = z.object({
  /** Planted or planned area; 0: not known. */
  areaMu: z.number(),
  /** By terminals, to the end of the day or to now. */
  measuredMu: z.number(),
  /** The newest figure of the day or of one before it. */
  last: reportedSchema.nullable(),
});

/** Everything that the clerk's page needs, in one answer. */
export const reportFormSchema = z.object({
  now: z.number(),
  /** The bulletin's day that is reported for, and those that may be chosen. */
  day: daySchema,
  days: z.array(daySchema),
  dueAt: z.number(),
  unit: unitName,
  /** The units that this clerk may report for, with what each has reported for the day. */
  units: z.array(unitName.extend({ reported: z.array(z.enum(operations)) })),
  operations: z.object({ harvest: formOperation, sow: formOperation }),
  /** Not answered yet, newest first. */
  reminders: z.array(reminderSchema.extend({ name: z.string() })),
});
export type ReportForm = z.infer<typeof reportFormSchema>;

/**
 * `reported` for the day; `covered` by the county's own report; `done` whole as of an earlier report; `due` until 16:30, `late` after it;
 * `noArea` has nothing to report on.
 */
export const reportStates = ['reported', 'covered', 'done', 'due', 'late', 'noArea'] as const;
export type ReportState = (typeof reportStates)[number];

const boardOperation = z.object({ state: z.enum(reportStates), last: reportedSchema.nullable() });

export const reportBoardSchema = z.object({
  now: z.number(),
  day: daySchema,
  dueAt: z.number(),
  rows: z.array(
    unitName.extend({
      county: z.string().nullable(),
      harvest: boardOperation,
      sow: boardOperation,
      reminders: z.object({ sent: z.number(), seen: z.number(), lastAt: z.number().nullable() }),
    }),
  ),
});
export type ReportBoard = z.infer<typeof reportBoardSchema>;
