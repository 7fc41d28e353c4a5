import * as z from 'zod';
import { divisionCodeSchema } from './registry.ts';
import { daySchema, operations } from './season.ts';

/** What is computed again from the raw fixes: a field, the fields worked on a bulletin's day, or all of them. */
export const recomputeScopeSchema = z.union([
  z.object({ field: z.string().min(1).max(40) }),
  z.object({ division: divisionCodeSchema, day: daySchema }),
  z.object({ division: divisionCodeSchema, season: z.literal(true) }),
]);
export type RecomputeScope = z.infer<typeof recomputeScopeSchema>;

export const fieldDifferenceSchema = z.object({
  field: z.string(),
  operation: z.enum(operations),
  beforeMu: z.number(),
  afterMu: z.number(),
});
export type FieldDifference = z.infer<typeof fieldDifferenceSchema>;

const totals = z.object({ operation: z.enum(operations), beforeMu: z.number(), afterMu: z.number() });

export const recomputationSchema = z.object({
  id: z.string(),
  /** `asked`: by a person. `method`: the program has a newer method than what is stored was computed with. */
  cause: z.enum(['asked', 'method']),
  scope: recomputeScopeSchema,
  /** The unit that it is about. */
  division: divisionCodeSchema,
  author: z.string(),
  at: z.number(),
  /** Null while it runs. */
  endedAt: z.number().nullable(),
  /** Why it came to nothing; null when it did not. */
  failed: z.string().nullable(),
  /** By which the stored figures and the new ones were computed. */
  methods: z.object({ before: z.string(), after: z.string() }),
  /** Fields and operations of which every cell was compared, and how many of them differ. */
  compared: z.number().int(),
  differing: z.number().int(),
  /** Left out: fixes for them came while it ran. */
  moving: z.number().int(),
  /** Of all that were compared. */
  totals: z.array(totals),
  /** Of the units below, those in which something differs. */
  units: z.array(totals.extend({ code: z.string(), name: z.string() })),
  /** The largest differences first, so many as are of use. */
  largest: z.array(fieldDifferenceSchema),
  adopted: z.object({ at: z.number(), author: z.string() }).nullable(),
});
export type Recomputation = z.infer<typeof recomputationSchema>;
