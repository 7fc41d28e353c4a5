import * as z from 'zod';
import { machineIdSchema } from './registry.ts';
import { operations } from './season.ts';

/** Fixes of one machine that came after a bulletin was issued whose day they belong to, and what they changed of one field by its cut-off. */
export const lateCorrectionSchema = z.object({
  field: z.string(),
  operation: z.enum(operations),
  machine: machineIdSchema,
  /** When the last of them came. */
  at: z.number(),
  /** Of the bulletin. */
  cutOff: z.number(),
  fixes: z.number().int(),
  firstTime: z.number(),
  lastTime: z.number(),
  /** Measured in the field by the cut-off. */
  beforeMu: z.number(),
  afterMu: z.number(),
});
export type LateCorrection = z.infer<typeof lateCorrectionSchema>;
