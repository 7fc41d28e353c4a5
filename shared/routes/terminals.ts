import * as z from 'zod';
import { terminalCountsSchema, terminalInputSchema, terminalMessageSchema, terminalSchema } from '../terminal.ts';
import { none } from './route.ts';

/** Positioning terminals by JT/T 808. */
export const terminalRoutes = {
  /** Those on machines within reach, with what was heard of each since the program started, and numbers that called without being enrolled. */
  terminals: {
    method: 'get',
    path: '/terminals',
    query: none,
    output: z.object({
      /** Null: the program does not listen for terminals. */
      port: z.number().nullable(),
      terminals: z.array(
        terminalSchema.extend({
          plate: z.string(),
          /** It reports as WGS-84, and its places lie in the fields if they are taken as GCJ-02. */
          looksShifted: z.boolean(),
          connectedFrom: z.string().nullable(),
          counts: terminalCountsSchema,
          messages: z.array(terminalMessageSchema),
        }),
      ),
      unknownCallers: z.array(z.object({ number: z.string(), lastAt: z.number() })),
    }),
  },
  /** A number that is enrolled already moves to the machine that is named now. */
  enrolTerminal: { method: 'post', path: '/terminals', query: none, body: terminalInputSchema, output: terminalSchema },
  removeTerminal: { method: 'delete', path: '/terminals/:number', params: z.object({ number: z.string() }), query: none, output: none },
} as const;
