import type { webhookRoutes } from '../../../shared/routes/webhook.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function webhookHandlers({ book, guard }: HttpParts): HandlersOf<typeof webhookRoutes> {
  const { webhook } = book;
  return {
    webhook({ actor }) {
      guard.onCity(actor, 'webhook:write');
      return webhook.shown();
    },
    async putWebhook({ actor, body, audit }) {
      guard.onCity(actor, 'webhook:write');
      const before = webhook.shown().webhook;
      const secret = await webhook.put(body);
      // Never the secret.
      const newSecret = secret !== null;
      audit('webhook', before && { url: before.url, isOn: before.isOn }, { url: body.url, isOn: body.isOn, newSecret });
      return { secret };
    },
    async tryWebhook({ actor, audit }) {
      guard.onCity(actor, 'webhook:write');
      const status = await webhook.attempt();
      audit('webhook', null, { tried: status });
      return { status };
    },
  };
}
