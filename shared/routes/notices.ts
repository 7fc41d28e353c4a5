import * as z from 'zod';
import { noticeInputSchema, noticeShownSchema } from '../notice.ts';
import { divisionCodeSchema } from '../registry.ts';
import { none } from './route.ts';

/** Notices to operators. */
export const noticeRoutes = {
  notices: {
    method: 'get',
    path: '/notices',
    query: z.object({ division: divisionCodeSchema, from: z.coerce.number().int().min(0).default(0) }),
    /** Of the unit and of what lies below it, the latest first. */
    output: z.object({ asOf: z.number(), total: z.number(), notices: z.array(noticeShownSchema) }),
  },
  /** The same id again is the same notice. */
  sendNotice: { method: 'post', path: '/notices', query: none, body: noticeInputSchema, output: noticeShownSchema },
  /** Who would get it, before it is sent. `kinds`: with commas between; empty: all. */
  noticeAudience: {
    method: 'get',
    path: '/notices/audience',
    query: z.object({ division: divisionCodeSchema, kinds: z.string().max(40).default('') }),
    output: z.object({ machines: z.number(), onDuty: z.number() }),
  },
  withdrawNotice: { method: 'delete', path: '/notices/:id', params: z.object({ id: z.uuid() }), query: none, output: none },
} as const;
