import * as z from 'zod';
import { alertRules, alertSchema } from '../alert.ts';
import { noticeInputSchema, noticeShownSchema } from '../notice.ts';
import { divisionCodeSchema } from '../registry.ts';
import { none } from './route.ts';

const id = z.object({ id: z.uuid() });
const webhook = z.object({ url: z.url().max(500), isOn: z.boolean() });

/** Notices to operators, alerts to dispatchers, and the one webhook out. */
export const noticeRoutes = {
  notices: {
    method: 'get',
    path: '/notices',
    query: z.object({ division: divisionCodeSchema, from: z.coerce.number().int().min(0).default(0) }),
    output: z.object({ asOf: z.number(), total: z.number(), notices: z.array(noticeShownSchema) }),
  },
  /** The same id again is the same notice. */
  sendNotice: { method: 'post', path: '/notices', query: none, body: noticeInputSchema, output: noticeShownSchema },
  withdrawNotice: { method: 'delete', path: '/notices/:id', params: id, query: none, output: none },
  alerts: {
    method: 'get',
    path: '/alerts',
    query: z.object({ division: divisionCodeSchema, state: z.enum(['open', 'ended']).default('open') }),
    /** Not acknowledged first, escalated before others, then the latest. */
    output: z.object({ asOf: z.number(), alerts: z.array(alertSchema) }),
  },
  acknowledgeAlert: { method: 'post', path: '/alerts/:id/acknowledge', params: id, query: none, body: none, output: alertSchema },
  alertRules: {
    method: 'get',
    path: '/alert-rules',
    query: none,
    output: z.object({
      rules: z.array(
        z.object({
          rule: z.enum(alertRules),
          isOn: z.boolean(),
          limit: z.number(),
          unit: z.enum(['min', 'h', 'share', 'count']),
          escalateMin: z.number(),
        }),
      ),
    }),
  },
  putAlertRule: {
    method: 'put',
    path: '/alert-rules/:rule',
    params: z.object({ rule: z.enum(alertRules) }),
    query: none,
    body: z.object({ isOn: z.boolean(), limit: z.number().min(0).max(10_000), escalateMin: z.number().min(1).max(10_000) }),
    output: none,
  },
  webhook: {
    method: 'get',
    path: '/webhook',
    query: none,
    /** Null: none is set up. The secret is told once, when it is set. */
    output: z.object({
      webhook: webhook.extend({ waiting: z.number(), lastAt: z.number().nullable(), lastStatus: z.string().nullable() }).nullable(),
    }),
  },
  putWebhook: { method: 'put', path: '/webhook', query: none, body: webhook, output: z.object({ secret: z.string().nullable() }) },
  tryWebhook: { method: 'post', path: '/webhook/try', query: none, body: none, output: z.object({ status: z.string() }) },
} as const;
