import * as z from 'zod';
import { evidenceSchema, evidenceShareSchema, shareDays } from '../evidence.ts';
import { operations } from '../season.ts';
import { none } from './route.ts';

const ofField = z.object({ id: z.string() });
const operation = z.enum(operations);

/** Evidence of a field's work: for those who may see it, and by links that are given out. */
export const evidenceRoutes = {
  evidence: { method: 'get', path: '/fields/:id/evidence', params: ofField, query: z.object({ operation }), output: evidenceSchema },
  evidenceShares: {
    method: 'get',
    path: '/fields/:id/evidence/shares',
    params: ofField,
    query: z.object({ operation }),
    output: z.object({ shares: z.array(evidenceShareSchema) }),
  },
  /** The token is told once, here; `path` is the page's address with it. */
  shareEvidence: {
    method: 'post',
    path: '/fields/:id/evidence/shares',
    params: ofField,
    query: none,
    body: z.object({ operation, days: z.literal(shareDays) }),
    output: z.object({ share: evidenceShareSchema, token: z.string(), path: z.string() }),
  },
  revokeEvidenceShare: {
    method: 'delete',
    path: '/evidence/shares/:id',
    params: z.object({ id: z.uuid() }),
    query: none,
    output: evidenceShareSchema,
  },
  /** Open to whoever has a token; in the body, so that it stands in no log of addresses. */
  sharedEvidence: {
    method: 'post',
    path: '/evidence/shared',
    open: true,
    query: none,
    body: z.object({ token: z.string().max(100) }),
    output: z.object({ evidence: evidenceSchema, expiresAt: z.number(), author: z.string() }),
  },
} as const;
