import * as z from 'zod';

/** What has a history of its own: who changed it, when, and what it was before. */
export const historyKinds = ['machine', 'account', 'station', 'field', 'request', 'order', 'permit', 'repair'] as const;
export type HistoryKind = (typeof historyKinds)[number];

/** One change, as it may be shown to whoever may see the record. */
export const pastChangeSchema = z.object({
  id: z.string(),
  /** Season clock and wall clock: outside the demonstration they are one. */
  at: z.number(),
  wallAt: z.number(),
  who: z.object({ account: z.string().nullable(), role: z.string(), name: z.string() }),
  /** Address of the request; null also for those who may not read the whole trail. */
  from: z.string().nullable(),
  /** Name of the route. */
  action: z.string(),
  object: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type PastChange = z.infer<typeof pastChangeSchema>;
