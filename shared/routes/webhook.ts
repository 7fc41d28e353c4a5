import * as z from 'zod';
import { none } from './route.ts';

const webhook = z.object({ url: z.url().max(500), isOn: z.boolean() });

/** The one signed webhook out. */
export const webhookRoutes = {
  webhook: {
    method: 'get',
    path: '/webhook',
    query: none,
    /** Null: none is set up. `waiting`: events not yet delivered. `lost`: given up or pushed out since it was set up. */
    output: z.object({
      webhook: webhook
        .extend({ waiting: z.number(), lost: z.number(), lastAt: z.number().nullable(), lastStatus: z.string().nullable() })
        .nullable(),
    }),
  },
  putWebhook: {
    method: 'put',
    path: '/webhook',
    query: none,
    body: webhook.extend({ newSecret: z.boolean().default(false) }),
    /** The secret is told once, when it is made. */
    output: z.object({ secret: z.string().nullable() }),
  },
  /** Sends a `ping` now and says what came of it. */
  tryWebhook: { method: 'post', path: '/webhook/try', query: none, body: none, output: z.object({ status: z.string() }) },
} as const;
