import * as z from 'zod';
import { historyKinds, pastChangeSchema } from '../history.ts';
import { none } from './route.ts';

const record = z.object({ kind: z.enum(historyKinds), id: z.string().min(1).max(80) });

/** What became of one record: for everybody who may see its history, without the trail of everything else. */
export const historyRoutes = {
  /** Newest first, a hundred at a time; `next` is where to go on. */
  history: {
    method: 'get',
    path: '/history/:kind/:id',
    params: record,
    query: none.extend({ from: z.string().max(60).optional() }),
    output: z.object({ events: z.array(pastChangeSchema), next: z.string().nullable() }),
  },
} as const;
