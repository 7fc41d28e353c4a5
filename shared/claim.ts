import * as z from 'zod';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';
import { daySchema, operations } from './season.ts';

/** What people say of measured ground. The measured figure is never overwritten: what is said stands beside it. Instants are on the season's clock. */

const instant = z.number().min(0).max(8.64e15);
const mu = z.number().min(0).max(10_000);

/** By a dispatcher: it is finished, it is not, or the rules decide again. */
export const finishVerdicts = ['finished', 'open', 'rule'] as const;
export type FinishVerdict = (typeof finishVerdicts)[number];

/** The last word on a field in one operation. `claimed`: its machine's operator says that he is done. */
export const finishWordSchema = z.object({
  id: z.uuid(),
  field: z.string(),
  operation: z.enum(operations),
  word: z.enum([...finishVerdicts, 'claimed']),
  at: instant,
  by: z.string(),
  /** Of the operator's word. */
  machine: machineIdSchema.nullable(),
  reason: z.string(),
});
export type FinishWordSaid = z.infer<typeof finishWordSchema>;

export const objectionReasons = ['less', 'more', 'notMine', 'width', 'other'] as const;
export type ObjectionReason = (typeof objectionReasons)[number];

/** From the cab, on one row of the own record; kept on the phone and sent again until it is answered. */
export const objectionInputSchema = z.object({
  /** Made on the phone, so that a retry is the same objection. */
  id: z.uuid(),
  field: z.string().max(40),
  operation: z.enum(operations),
  day: daySchema,
  reason: z.enum(objectionReasons),
  claimedMu: mu.nullable(),
  note: z.string().trim().max(200),
  at: instant,
});
export type ObjectionInput = z.infer<typeof objectionInputSchema>;

export const decisionVerdicts = ['upheld', 'refused', 'measureAgain'] as const;
export type DecisionVerdict = (typeof decisionVerdicts)[number];

export const decisionSchema = z.object({
  verdict: z.enum(decisionVerdicts),
  /** Of what is upheld: for the bill. */
  agreedMu: mu.nullable(),
  reason: z.string().trim().min(1).max(200),
  at: instant,
  by: z.string(),
  /** Measured when it was decided. */
  measuredMu: z.number(),
});
export type Decision = z.infer<typeof decisionSchema>;

export const objectionSchema = objectionInputSchema.extend({
  machine: machineIdSchema,
  author: z.string(),
  /** Measured for this machine, field and day when it came. */
  measuredMu: z.number(),
  /** The last one counts; `measureAgain` leaves it open. */
  decisions: z.array(decisionSchema),
  version: z.number().int().min(1),
});
export type Objection = z.infer<typeof objectionSchema>;

export const objectionStates = ['open', 'upheld', 'refused'] as const;
export type ObjectionState = (typeof objectionStates)[number];
export const objectionStateOf = ({ decisions }: Pick<Objection, 'decisions'>): ObjectionState => {
  const last = decisions.at(-1)?.verdict;
  return last === 'upheld' || last === 'refused' ? last : 'open';
};

/** With the names that a page shows beside it, and what is measured by now. */
export const objectionShownSchema = objectionSchema.extend({
  state: z.enum(objectionStates),
  plate: z.string(),
  operatorName: z.string(),
  village: z.string(),
  division: divisionCodeSchema,
  divisionName: z.string(),
  fieldMu: z.number(),
  /** Of this machine in this field on that day, and with all others in the whole operation. */
  measuredNowMu: z.number(),
  coveredMu: z.number(),
});
export type ObjectionShown = z.infer<typeof objectionShownSchema>;

/** A field whose operator says that it is done, and that the rules leave open. */
export const finishClaimSchema = finishWordSchema.extend({
  plate: z.string(),
  village: z.string(),
  division: divisionCodeSchema,
  divisionName: z.string(),
  fieldMu: z.number(),
  coveredMu: z.number(),
});
export type FinishClaim = z.infer<typeof finishClaimSchema>;

/** One row of an operator's own record: a field, an operation, a day. */
export const recordRowSchema = z.object({
  day: daySchema,
  field: z.string(),
  operation: z.enum(operations),
  village: z.string(),
  divisionName: z.string(),
  /** Own, measured; the band holds the truth nine times in ten. */
  mu: z.number(),
  bandMu: z.tuple([z.number(), z.number()]),
  hours: z.number(),
  /** Agreed after an objection: stands beside what is measured, and goes into the money. */
  agreedMu: z.number().nullable(),
  /** Of the order that the work belongs to; null: none was agreed. */
  pricePerMu: z.number().nullable(),
  /** The whole field: finished or not. */
  isFinished: z.boolean(),
  objection: objectionSchema
    .pick({ id: true, reason: true, claimedMu: true, at: true })
    .extend({ state: z.enum(objectionStates), decision: decisionSchema.nullable() })
    .nullable(),
});
export type RecordRow = z.infer<typeof recordRowSchema>;
