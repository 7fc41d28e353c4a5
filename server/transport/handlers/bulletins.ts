import { Refusal } from '../../../shared/reply.ts';
import type { bulletinRoutes } from '../../../shared/routes/bulletins.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function bulletinHandlers({ book, guard }: HttpParts): HandlersOf<typeof bulletinRoutes> {
  const { bulletins } = book;
  return {
    bulletinDraft: ({ actor, query }) => {
      const division = query.division ?? actor.division ?? book.registry.root()?.code;
      if (!division) throw new Refusal('notFound', 'division: there is no unit yet: a season must be set up first');
      guard.onDivision(actor, 'bulletin:read', division);
      return bulletins.draft({ division, day: query.day });
    },
    saveRemarks: async ({ actor, body, audit }) => {
      guard.onDivision(actor, 'bulletin:write', body.division);
      const before = await bulletins.remarksOf(body.division, body.day);
      const saved = await bulletins.saveRemarks(body, actor.name);
      audit(`bulletin:${body.division}:${body.day}`, before, body.remarks);
      return saved;
    },
    issueBulletin: async ({ actor, body, audit }) => {
      guard.onDivision(actor, 'bulletin:write', body.division);
      const { content, ...issued } = await bulletins.issue(body, actor.name);
      audit(`bulletin:${body.division}:${body.day}`, { version: body.lastVersion }, issued);
      return { ...issued, content };
    },
    issuedBulletins: async ({ actor, query }) => {
      guard.onDivision(actor, 'bulletin:read', query.division);
      return { bulletins: await bulletins.issued(query.division) };
    },
    bulletinWeek: ({ actor, query }) => {
      guard.onDivision(actor, 'bulletin:read', query.division);
      return bulletins.week(query);
    },
    issuedBulletin: ({ actor, params }) => {
      guard.onDivision(actor, 'bulletin:read', params.division);
      return bulletins.one(params.division, params.day, params.version);
    },
  };
}
