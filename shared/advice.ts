import * as z from 'zod';
import { movesAdviceSchema } from './moves.ts';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';
import { daySchema, operations } from './season.ts';
import { orderOfferSchema } from './work-order.ts';

/** What the program recommends, why, and what a person made of it. It carries nothing out by itself. */

export const adviceKinds = ['moves', 'plan'] as const;
export type AdviceKind = (typeof adviceKinds)[number];
/** `superseded`: newer advice, or news that made it idle, took its place before anybody decided; `expired`: its day was over. */
export const adviceStates = ['open', 'approved', 'refused', 'superseded', 'expired'] as const;
export type AdviceState = (typeof adviceStates)[number];

/**
 * Reasons by their codes, with the figures that stand in each.
 * Of advice: `behind` { name, days, finish, deadline, lateMu }, `chance` { name, percent }, `rain` { name, day, mm }, `requests` { count, mu, more }: `more` that are less urgent
 * were left out, `late` { hours }, `changed` { what }, `scenario` {}. Of a step: `spare` { name, days, finish }, `road` { km, hours }, `nearest` { km },
 * `free` { hours }, `gain` { name, days, mu }, `tracked` { day, mm }, `asked` { need }, `inTime` { hours }, `tooLate` { hours }, `share` { parts },
 * `kept` {}.
 */
export const adviceReasonCodes = [
  ...(['behind', 'chance', 'rain', 'requests', 'late', 'changed', 'scenario'] as const),
  ...(['spare', 'road', 'nearest', 'free', 'gain', 'tracked', 'asked', 'inTime', 'tooLate', 'share', 'kept'] as const),
] as const;
export type AdviceReasonCode = (typeof adviceReasonCodes)[number];

/** Why there is nothing to advise. */
export const nothingCodes = [
  ...(['noSeason', 'seasonOver', 'seasonClosed', 'noUnits', 'allStale', 'mostStale', 'noMachines'] as const),
  ...(['nobodyLate', 'noSpare', 'notWorth', 'onlyLater', 'noRequests', 'noPlace'] as const),
] as const;
export type NothingCode = (typeof nothingCodes)[number];

/** A reason as a code and the figures in it: the page puts it into words. */
export const adviceReasonSchema = z.object({
  code: z.enum(adviceReasonCodes),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type AdviceReason = z.infer<typeof adviceReasonSchema>;

/** One machine's part: what would go out to it, when it would go, and why this one. */
export const adviceStepSchema = z.object({
  offer: orderOfferSchema,
  plate: z.string(),
  operatorName: z.string(),
  from: divisionCodeSchema.nullable(),
  to: divisionCodeSchema,
  placeName: z.string(),
  day: daySchema,
  /** Work: when it would start and end. */
  startsAt: z.number().nullable(),
  endsAt: z.number().nullable(),
  km: z.number(),
  hours: z.number(),
  /** The machine's assignments when it was advised: approval is refused when they have changed since. */
  machineVersion: z.number(),
  why: z.array(adviceReasonSchema),
  /** Of a later day of the plan: shown, and not sent out with this approval. */
  isLater: z.boolean(),
});
export type AdviceStep = z.infer<typeof adviceStepSchema>;

export const adviceSchema = z.object({
  id: z.uuid(),
  kind: z.enum(adviceKinds),
  /** The city for moves, a county for a plan. */
  division: divisionCodeSchema,
  operation: z.enum(operations),
  at: z.number(),
  state: z.enum(adviceStates),
  /** Why there is advice at all, the most weighty first. */
  reasons: z.array(adviceReasonSchema),
  steps: z.array(adviceStepSchema),
  /** Of moves: all of the fourteen days, the bound, what cannot be met and why. */
  moves: movesAdviceSchema.nullable(),
  /** Of a plan: late hours and km, and requests that nobody gets, with the cause. */
  plan: z
    .object({
      latenessH: z.number(),
      km: z.number(),
      unassigned: z.array(z.object({ request: z.uuid(), placeName: z.string(), cause: z.string() })),
    })
    .nullable(),
  /** Finish of each unit with and without it, both operations. */
  effect: z.array(
    z.object({
      division: divisionCodeSchema,
      name: z.string(),
      operation: z.enum(operations),
      deadline: daySchema,
      stay: daySchema.nullable(),
      plan: daySchema.nullable(),
    }),
  ),
  /** Machines that were left out, because nobody knows where they are. */
  staleMachines: z.array(machineIdSchema),
  decision: z
    .object({
      by: z.string(),
      at: z.number(),
      /** Steps that were taken out or changed before it was approved. */
      edited: z.boolean(),
      reason: z.string(),
      orders: z.array(z.uuid()),
    })
    .nullable(),
  version: z.number().int().min(1),
});
export type Advice = z.infer<typeof adviceSchema>;

/** What is tried out, without touching anything. */
export const whatIfSchema = z.object({
  operation: z.enum(operations),
  /** Machines more or fewer in a unit, from a day on. */
  machines: z
    .array(
      z.object({
        division: divisionCodeSchema,
        kind: z.enum(['combine', 'seeder']),
        change: z.number().int().min(-5000).max(5000),
        from: daySchema,
      }),
    )
    .max(60),
  rain: z.array(z.object({ division: divisionCodeSchema, day: daySchema, rainMm: z.number().min(0).max(500) })).max(400),
  /** Service stations opened: less time lost to breakdowns there. */
  stations: z.array(z.object({ division: divisionCodeSchema, count: z.number().int().min(1).max(50) })).max(40),
  /** Let the planner move machines in the scenario too. */
  withMoves: z.boolean(),
});
export type WhatIf = z.infer<typeof whatIfSchema>;
