import * as z from 'zod';
import { permitApplicationSchema, permitSchema, permitStates } from '../permit.ts';
import { divisionCodeSchema } from '../registry.ts';
import { daySchema } from '../season.ts';
import { none } from './route.ts';

const id = z.object({ id: z.uuid() });

/** 跨区作业证 for our own machines that go out. */
export const permitRoutes = {
  /** The newest first, at most 100 from `from`; a station's are those that it applied for. */
  permits: {
    method: 'get',
    path: '/permits',
    query: z.object({
      division: divisionCodeSchema.optional(),
      state: z.enum([...permitStates, 'all']).default('all'),
      /** Stands in plate, holder, number or destination. */
      q: z.string().trim().max(60).default(''),
      from: z.coerce.number().int().min(0).default(0),
    }),
    output: z.object({
      asOf: z.number(),
      day: daySchema,
      /** For the code that is printed; null: the address that the page has itself. */
      publicUrl: z.string().nullable(),
      /** Whose bureau issues them. */
      issuer: z.string(),
      total: z.number(),
      counts: z.record(z.enum(permitStates), z.number()),
      permits: z.array(permitSchema),
    }),
  },
  /** The same id again is the same application. */
  applyPermit: { method: 'post', path: '/permits', query: none, body: permitApplicationSchema, output: permitSchema },
  /** Gives it the next number of the year, and its check. */
  issuePermit: {
    method: 'post',
    path: '/permits/:id/issue',
    params: id,
    query: none,
    body: z.object({ version: z.number().int() }),
    output: permitSchema,
  },
  /** An application is refused, an issued one revoked. */
  endPermit: {
    method: 'post',
    path: '/permits/:id/end',
    params: id,
    query: none,
    body: z.object({ version: z.number().int(), reason: z.string().trim().min(1).max(200) }),
    output: permitSchema,
  },
  /** For whoever holds the paper: valid or not, and until when; nothing of a person or machine. */
  checkPermit: {
    method: 'post',
    path: '/permits/check',
    open: true,
    query: none,
    body: z.object({ code: z.string().max(100) }),
    output: z.object({ valid: z.boolean(), until: daySchema.nullable() }),
  },
} as const;
