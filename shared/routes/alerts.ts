import * as z from 'zod';
import { alertRuleSchema, alertRules, alertSchema } from '../alert.ts';
import { divisionCodeSchema } from '../registry.ts';
import { none } from './route.ts';

/** What the rules found, for dispatchers; and the limits of the rules. */
export const alertRoutes = {
  alerts: {
    method: 'get',
    path: '/alerts',
    /** Those that concern the unit's dispatchers: its own, and of units below it what was escalated or has no dispatcher there. */
    query: z.object({ division: divisionCodeSchema, state: z.enum(['open', 'ended']).default('open') }),
    /** Not acknowledged first, escalated before others, then the latest. */
    output: z.object({ asOf: z.number(), alerts: z.array(alertSchema) }),
  },
  acknowledgeAlert: {
    method: 'post',
    path: '/alerts/:id/acknowledge',
    params: z.object({ id: z.uuid() }),
    query: none,
    body: none,
    output: alertSchema,
  },
  alertRules: { method: 'get', path: '/alert-rules', query: none, output: z.object({ rules: z.array(alertRuleSchema) }) },
  putAlertRule: {
    method: 'put',
    path: '/alert-rules/:rule',
    params: z.object({ rule: z.enum(alertRules) }),
    query: none,
    body: alertRuleSchema.pick({ isOn: true, limit: true, escalateMin: true }),
    output: none,
  },
} as const;
