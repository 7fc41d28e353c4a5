import { Refusal } from '../../../shared/reply.ts';
import type { alertRoutes } from '../../../shared/routes/alerts.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function alertHandlers({ book, guard }: HttpParts): HandlersOf<typeof alertRoutes> {
  const { alerts, alertWatch } = book;
  return {
    async alerts({ actor, query }) {
      guard.onDivision(actor, 'alert:read', query.division);
      return { asOf: book.clock.season(), alerts: await alerts.list(query.division, query.state) };
    },
    async acknowledgeAlert({ actor, params, audit }) {
      guard.onDivision(actor, 'alert:write', (await alerts.find(params.id)).division);
      const { before, after } = await alerts.acknowledge(params.id, actor.name);
      if (before.acknowledged === null) audit(`alert:${after.id}`, before, after);
      return after;
    },
    alertRules({ actor }) {
      guard.anywhere(actor, 'alert:read');
      return { rules: alertWatch.settings() };
    },
    async putAlertRule({ actor, params, body, audit }) {
      // The limits are the whole city's.
      guard.onCity(actor, 'alert:write');
      const before = alertWatch.settings().find(({ rule }) => rule === params.rule);
      if (!before) throw new Refusal('notFound', `there is no rule ${params.rule}`);
      await alertWatch.put(params.rule, body);
      audit(`alertRule:${params.rule}`, before, { ...before, ...body });
      return {};
    },
  };
}
