import type { accountRoutes } from '../../../shared/routes/accounts.ts';
import { FileReply } from '../../../shared/routes/route.ts';
import { auditCsv } from '../../services/audit-file.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

/** Reading what was written down of every change. */
export function auditHandlers({ book, guard }: HttpParts): HandlersOf<Pick<typeof accountRoutes, 'audit' | 'auditFile'>> {
  const { registry, people } = book;
  const labelOf = (object: string): string | null => {
    const [kind, id = ''] = object.split(':');
    if (kind === 'account') return people.accounts.find(id)?.name ?? null;
    if (kind === 'machine' || kind === 'token' || kind === 'duty') return registry.machines.get(id)?.plate ?? null;
    if (kind === 'reported' || kind === 'bulletin') return registry.divisions.get(id)?.name ?? null;
    return null;
  };
  return {
    async audit({ actor, query: { from, ...filter } }) {
      guard.onCity(actor, 'audit:read');
      const { events, next } = await book.audit.page(filter, from);
      return { events: events.map(event => ({ ...event, label: labelOf(event.object) })), next, actions: await book.audit.actions() };
    },
    async auditFile({ actor, query, audit }) {
      guard.onCity(actor, 'audit:read');
      const events = await book.audit.all(query);
      audit('audit:file', null, { ...query, lines: events.length });
      return new FileReply(Buffer.from(auditCsv(events)), 'text/csv; charset=utf-8', 'audit.csv');
    },
  };
}
