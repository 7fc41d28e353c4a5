import * as z from 'zod';
import {
  decisionVerdicts,
  finishClaimSchema,
  finishVerdicts,
  finishWordSchema,
  objectionInputSchema,
  objectionShownSchema,
  recordRowSchema,
} from '../claim.ts';
import { divisionCodeSchema } from '../registry.ts';
import { operations } from '../season.ts';
import { none } from './route.ts';

const id = z.object({ id: z.uuid() });
const field = z.object({ id: z.string().max(40) });
const mu = z.number().min(0).max(10_000);

/** What people say of measured ground: an operator's own record and his objections, and whether a field is finished. */
export const claimRoutes = {
  /** Of the own machine, the latest day first. */
  record: {
    method: 'get',
    path: '/cab/record',
    query: none,
    output: z.object({ asOf: z.number(), rows: z.array(recordRowSchema) }),
  },
  /** The same id again is the same objection. While one on the same row is open, another is a conflict. */
  object: { method: 'post', path: '/cab/objections', query: none, body: objectionInputSchema, output: objectionShownSchema },
  /** The operator says that the field is done. Idempotent by id. */
  claimFinished: {
    method: 'post',
    path: '/cab/fields/:id/finished',
    params: field,
    query: none,
    body: z.object({ id: z.uuid(), operation: z.enum(operations), at: z.number().min(0).max(8.64e15) }),
    output: finishWordSchema,
  },
  /** What waits for a dispatcher, the longest first; or all, the newest first. At most 100 objections. */
  claims: {
    method: 'get',
    path: '/claims',
    query: z.object({
      division: divisionCodeSchema,
      state: z.enum(['open', 'all']).default('open'),
      field: z.string().max(40).optional(),
    }),
    output: z.object({
      asOf: z.number(),
      total: z.number(),
      objections: z.array(objectionShownSchema).max(100),
      finished: z.array(finishClaimSchema).max(100),
    }),
  },
  settleObjection: {
    method: 'post',
    path: '/objections/:id/settle',
    params: id,
    query: none,
    body: z.object({
      version: z.number().int(),
      verdict: z.enum(decisionVerdicts),
      /** With `upheld`. */
      agreedMu: mu.nullable(),
      reason: z.string().trim().min(1).max(200),
    }),
    output: objectionShownSchema,
  },
  /** A dispatcher's word on whether a field is finished. Idempotent by id. */
  judgeField: {
    method: 'post',
    path: '/fields/:id/finished',
    params: field,
    query: none,
    body: z.object({
      id: z.uuid(),
      operation: z.enum(operations),
      word: z.enum(finishVerdicts),
      reason: z.string().trim().max(200),
    }),
    output: finishWordSchema,
  },
} as const;
