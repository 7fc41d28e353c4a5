import * as z from 'zod';
import { besideSchema, candidateShownSchema } from '../candidate.ts';
import { divisionCodeSchema, fieldSchema, machineIdSchema, polygonSchema } from '../registry.ts';
import { daySchema, operations } from '../season.ts';
import { none } from './route.ts';

const id = z.object({ id: z.string().max(40) });
const version = z.number().int().min(1);
const named = z.object({ id: z.string().max(40), version });

/** Ground that was worked and that no field is known for. Versions are those that the person saw: a conflict when it was changed since. */
export const candidateRoutes = {
  /** Open ones by area, others by when they were decided; `worked`: what machines covered of the open ones, in no other figure. */
  candidates: {
    method: 'get',
    path: '/candidates',
    query: z.object({ division: divisionCodeSchema, state: z.enum(['open', 'decided', 'all']).default('open') }),
    output: z.object({
      asOf: z.number(),
      candidates: z.array(candidateShownSchema),
      worked: z.record(z.enum(operations), z.object({ count: z.number(), areaMu: z.number(), coveredMu: z.number() })),
    }),
  },
  candidate: {
    method: 'get',
    path: '/candidates/:id',
    params: id,
    query: none,
    /** `shifted`: those of its machines whose places look like GCJ-02: what they drove lies elsewhere. */
    output: candidateShownSchema.extend({ beside: besideSchema, shifted: z.array(machineIdSchema) }),
  },
  /** Gives it the boundary that a person drew. */
  shapeCandidate: {
    method: 'put',
    path: '/candidates/:id',
    params: id,
    query: none,
    body: z.object({ version, polygon: polygonSchema }),
    output: candidateShownSchema,
  },
  /** Makes a field of it: what machines covered there since the season's begin counts at once. The same again is answered with the same field. */
  confirmCandidate: {
    method: 'post',
    path: '/candidates/:id/confirm',
    params: id,
    query: none,
    body: z.object({
      version,
      town: divisionCodeSchema,
      village: z.string().trim().max(40),
      crop: z.string().trim().max(20),
      ripeDate: daySchema.nullable(),
    }),
    output: fieldSchema,
  },
  discardCandidate: {
    method: 'post',
    path: '/candidates/:id/discard',
    params: id,
    query: none,
    body: z.object({ version, reason: z.string().trim().min(1).max(200) }),
    output: candidateShownSchema,
  },
  /** What was discarded waits to be decided again. */
  reopenCandidate: {
    method: 'post',
    path: '/candidates/:id/reopen',
    params: id,
    query: none,
    body: z.object({ version }),
    output: candidateShownSchema,
  },
  /** Joins several into the first of them. Refused with `conflict` when more than a path lies between. */
  mergeCandidates: {
    method: 'post',
    path: '/candidates/merge',
    query: none,
    body: z.object({ candidates: z.array(named).min(2).max(20) }),
    output: candidateShownSchema,
  },
  /** Enlarges a field that lies beside it. */
  enlargeField: {
    method: 'post',
    path: '/candidates/:id/enlarge',
    params: id,
    query: none,
    body: z.object({ version, field: named }),
    output: fieldSchema,
  },
} as const;
