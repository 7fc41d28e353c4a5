import { Refusal } from '../../../shared/reply.ts';
import type { reportingRoutes } from '../../../shared/routes/reporting.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function reportingHandlers({ book, guard }: HttpParts): HandlersOf<typeof reportingRoutes> {
  const { registry, reporting } = book;
  return {
    reportForm: ({ actor, query }) => {
      const root = actor.division ?? registry.root()?.code;
      if (!root) throw new Refusal('notFound', 'division: there is no unit yet: a season must be set up first');
      guard.onDivision(actor, 'reported:write', query.division ?? root);
      return reporting.form(root, query.division, query.day);
    },
    reportBoard: ({ actor, query }) => {
      guard.onDivision(actor, 'reported:read', query.division);
      return reporting.reportBoard(query.division, query.day);
    },
    remind: async ({ actor, body, audit }) => {
      for (const unit of body.units) guard.onDivision(actor, 'bulletin:write', unit);
      const reminders = await reporting.remind(body.units, body.day, actor.name);
      for (const reminder of reminders) audit(`reminder:${reminder.id}`, null, reminder);
      return { reminders };
    },
    seeReminders: async ({ actor, body, audit }) => {
      const reminders = await reporting.remindersOf(body.ids);
      for (const { division } of reminders) guard.onDivision(actor, 'reported:write', division);
      const seen = await reporting.see(body.ids, actor.name);
      for (const { id, seen: before } of reminders) if (before === null) audit(`reminder:${id}`, { seen: null }, { seen: actor.name });
      return { seen };
    },
  };
}
