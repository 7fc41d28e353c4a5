import * as z from 'zod';

/**
 * The season clock as a straight line through one point: season time = seasonAt + (wall − wallAt) × speed. Outside the demonstration the
 * speed is 1 and both are equal. Paused is speed 0.
 */
export const clockLineSchema = z.object({ seasonAt: z.number(), wallAt: z.number(), speed: z.number() });
export type ClockLine = z.infer<typeof clockLineSchema>;
