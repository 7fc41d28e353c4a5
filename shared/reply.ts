import * as z from 'zod';

export const problemCodes = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'notFound',
  'conflict',
  'limited',
  'unavailable',
  'internal',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export const problemSchema = z.object({
  code: z.enum(problemCodes),
  message: z.string(),
  /** With `limited` and `unavailable`: try again after so many ms. */
  retryAfterMs: z.number().optional(),
  /** With `invalid` of a batch out of turn: the seq that the server waits for. */
  expectedSeq: z.number().optional(),
  /** What the message names, for a page to say it in its own words. */
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export type Reply<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

/** Thrown by services, turned into a problem by the transport, once. */
export class Refusal extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly extra: Pick<Problem, 'retryAfterMs' | 'expectedSeq' | 'values'> = {},
  ) {
    super(message);
  }
}
