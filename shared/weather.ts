import * as z from 'zod';
import { divisionCodeSchema } from './registry.ts';
import { daySchema } from './season.ts';

/** Rain of one unit on one day: what is expected while the day lies ahead, what fell once it is over. Null takes the entry back. */
export const rainInputSchema = z.object({
  division: divisionCodeSchema,
  day: daySchema,
  rainMm: z.number().min(0).max(500).nullable(),
});
export type RainInput = z.infer<typeof rainInputSchema>;

/** The latest word on a unit's day; a unit without one of its own has its county's, else the city's. */
export const rainSchema = rainInputSchema.extend({ rainMm: z.number(), at: z.number(), author: z.string() });
export type Rain = z.infer<typeof rainSchema>;
