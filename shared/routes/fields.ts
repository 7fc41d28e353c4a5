import * as z from 'zod';
import { fieldSchema, lngLatSchema } from '../registry.ts';
import { none } from './route.ts';

const named = z.object({ id: z.string().max(40), version: z.number().int() });
/** With `apply` it is done; without, only said what would be. */
const apply = z.boolean();
/** The fields that take the place of those named, the larger first. */
const made = z.object({ applied: z.boolean(), fields: z.array(fieldSchema) });

/** Fields that are cut in two or become one. What was driven there counts for the new ones, from the raw fixes. */
export const fieldRoutes = {
  /** `invalid` says `line: ` and why it cannot be cut so; `conflict`: changed meanwhile, or an order, request, objection or word of it stands. */
  splitField: {
    method: 'post',
    path: '/fields/:id/split',
    params: z.object({ id: z.string().max(40) }),
    query: none,
    body: z.object({ version: z.number().int(), line: z.array(lngLatSchema).min(2).max(200), apply }),
    output: made,
  },
  /** `conflict` also when they do not touch, or differ in town, crop, or what was reported of them. */
  mergeFields: {
    method: 'post',
    path: '/fields/merge',
    query: none,
    body: z.object({ fields: z.tuple([named, named]), apply }),
    output: made,
  },
} as const;
