import * as z from 'zod';
import { recomputationSchema, recomputeScopeSchema } from '../recomputation.ts';
import { divisionCodeSchema } from '../registry.ts';
import { none } from './route.ts';

/** Figures computed again from the raw fixes: compared first, adopted by a person. */
export const recomputationRoutes = {
  /** Newest first; one that runs is among them. */
  recomputations: {
    method: 'get',
    path: '/recomputations',
    query: z.object({ division: divisionCodeSchema }),
    output: z.object({ runs: z.array(recomputationSchema) }),
  },
  /** Begins one, off to the side; one at a time. */
  recompute: { method: 'post', path: '/recomputations', query: none, body: recomputeScopeSchema, output: recomputationSchema },
  adoptRecomputation: {
    method: 'post',
    path: '/recomputations/:id/adopt',
    params: z.object({ id: z.string().min(1).max(60) }),
    query: none,
    body: none,
    output: recomputationSchema,
  },
} as const;
