import * as z from 'zod';
import { divisionCodeSchema, machineIdSchema, polygonSchema } from './registry.ts';
import { operations } from './season.ts';

/** Candidate fields (候选地块): ground that machines worked and no list of fields knows. A person makes a field of it, joins it with another, or says that it is none. */

export const candidateStates = ['open', 'confirmed', 'merged', 'discarded', 'withdrawn'] as const;
/** Why the program decided itself. */
export const programReasons = ['grown together', 'a field lies there', 'the tracks show no field there any more'] as const;
export type ProgramReason = (typeof programReasons)[number];
export type CandidateState = (typeof candidateStates)[number];

export const candidateSchema = z.object({
  id: z.string().regex(/^[\w-]{1,40}$/),
  operation: z.enum(operations),
  polygon: polygonSchema,
  areaMu: z.number(),
  coveredMu: z.number(),
  /** Each credited with what it was first to cover. */
  machines: z.array(z.object({ machine: machineIdSchema, coveredMu: z.number() })),
  /** Fix times of the first and the last work there. */
  firstAt: z.number(),
  lastAt: z.number(),
  /** By where it lies: of the nearest field. Null: none is near, and who confirms it says the town. */
  town: divisionCodeSchema.nullable(),
  county: divisionCodeSchema,
  village: z.string(),
  state: z.enum(candidateStates),
  /** A person drew or joined the boundary: it stays, whatever is driven there later. */
  isShaped: z.boolean(),
  foundAt: z.number(),
  version: z.number().int().min(1),
  /** `by` null: the program itself, with one of its reasons. `field`, `into`: what it became, or what it became a part of. */
  decided: z
    .object({ by: z.string().nullable(), at: z.number(), reason: z.string(), field: z.string().nullable(), into: z.string().nullable() })
    .nullable(),
});
export type Candidate = z.infer<typeof candidateSchema>;

export const candidateShownSchema = candidateSchema.extend({
  townName: z.string().nullable(),
  countyName: z.string(),
  centre: z.tuple([z.number(), z.number()]),
});
export type CandidateShown = z.infer<typeof candidateShownSchema>;

/** What lies within a few metres, and may be the same field. */
export const besideSchema = z.object({
  candidates: z.array(candidateSchema.pick({ id: true, version: true, areaMu: true })),
  fields: z.array(z.object({ id: z.string(), version: z.number().int(), village: z.string(), areaMu: z.number() })),
});
