import * as z from 'zod';
import { fuelShownSchema } from '../fuel.ts';
import { cabNoticeSchema } from '../notice.ts';
import { workOrderShownSchema } from '../work-order.ts';
import { none } from './route.ts';

/** What waits for the own machine's operator: asked for on every `inbox:changed`, and on every connection. */
export const inboxRoutes = {
  inbox: {
    method: 'get',
    path: '/cab/inbox',
    query: none,
    output: z.object({
      asOf: z.number(),
      /** By sequence: live ones, and those of today that ended. */
      orders: z.array(workOrderShownSchema),
      /** Still valid; the severe and unread first. */
      notices: z.array(cabNoticeSchema),
      /** The fuel that was asked for, as long as it is of interest. */
      fuel: fuelShownSchema.optional(),
    }),
  },
  /** Idempotent by notice and machine. */
  readNotice: {
    method: 'post',
    path: '/cab/notices/:id/read',
    params: z.object({ id: z.uuid() }),
    query: none,
    body: z.object({ at: z.number() }),
    output: none,
  },
} as const;
