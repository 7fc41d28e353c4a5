import * as z from 'zod';
import { machineIdSchema } from './registry.ts';

/** A positioning terminal that reports by JT/T 808, and the machine it is mounted on. */
export const terminalInputSchema = z.object({
  /** As printed on it, usually a phone number; leading zeros do not matter. */
  number: z
    .string()
    .regex(/^\d{1,20}$/, 'the number of a terminal: up to 20 digits')
    .transform(text => text.replace(/^0+(?=.)/, '')),
  machine: machineIdSchema,
  /** The coordinate system it reports in. */
  datum: z.enum(['wgs84', 'gcj02']),
});
export type TerminalInput = z.infer<typeof terminalInputSchema>;

export const terminalSchema = z.object({
  ...terminalInputSchema.shape,
  number: z.string(),
  enrolledAt: z.number(),
  author: z.string(),
});
export type Terminal = z.infer<typeof terminalSchema>;

/** One of the last messages of a terminal, for the person who mounts it. */
export const terminalMessageSchema = z.object({ at: z.number(), kind: z.string(), text: z.string() });
export type TerminalMessage = z.infer<typeof terminalMessageSchema>;

/** What came of the locations of one terminal since the program started. */
export const terminalCountsSchema = z.object({
  accepted: z.number(),
  refused: z.number(),
  /** Sent again. */
  known: z.number(),
  /** Without satellites, or damaged. */
  unusable: z.number(),
  /** Off duty: neither stored nor shown. */
  offDuty: z.number(),
  /** Older than what had come before: kept by the terminal, or its clock was put back. */
  late: z.number(),
  /** How often its clock was set to another time by more than two minutes while it was connected. */
  clockSteps: z.number(),
});
export type TerminalCounts = z.infer<typeof terminalCountsSchema>;
