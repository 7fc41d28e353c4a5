import * as z from 'zod';
import { machineIdSchema } from './registry.ts';

/** The device's side of the socket. */
export const DEVICE_PROTOCOL = 1;
export const MOST_FIXES_A_BATCH = 600;
export const MOST_BYTES_A_BATCH = 64 * 1024;

const seq = z.number().int().min(1);

export const refusalReasons = ['malformed', 'future', 'jump', 'inaccurate', 'outside'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/**
 * `fix:report`. Rows are read one by one by `readFixRow`, so that one bad row goes into quarantine instead of damming the outbox; here
 * only their number is checked.
 */
export const fixReportInput = z.object({
  v: z.literal(DEVICE_PROTOCOL),
  outbox: z.string().regex(/^[\w-]{8,40}$/, 'outbox: 8 to 40 letters, digits, _ or -'),
  machine: machineIdSchema.optional(),
  rows: z.array(z.unknown()).max(MOST_FIXES_A_BATCH).optional(),
  packed: z.instanceof(Uint8Array).optional(),
  /** Ranges of seq, both ends included, that the device gave up. */
  thinned: z
    .array(z.tuple([seq, seq]))
    .max(200)
    .optional(),
});
export type FixReport = z.infer<typeof fixReportInput>;

export const fixReportOutput = z.object({
  /** The highest seq up to which everything is durable, in quarantine, or thinned. */
  upTo: z.number(),
  refused: z.array(z.object({ seq, reasons: z.array(z.enum(refusalReasons)) })),
});
export type FixReportReply = z.infer<typeof fixReportOutput>;
