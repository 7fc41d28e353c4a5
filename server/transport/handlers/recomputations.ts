import type { recomputationRoutes } from '../../../shared/routes/recomputations.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function recomputationHandlers({ book, guard }: HttpParts): HandlersOf<typeof recomputationRoutes> {
  const { recomputer, registry } = book;
  return {
    recomputations: async ({ actor, query }) => {
      guard.onDivision(actor, 'recompute:write', query.division);
      return { runs: await recomputer.list(query.division) };
    },
    recompute: ({ actor, body, audit }) => {
      // A field that does not exist lies nowhere.
      const division = 'field' in body ? (registry.fields.get(body.field)?.town ?? '') : body.division;
      guard.onDivision(actor, 'recompute:write', division);
      const run = recomputer.start(body, { division, author: actor.name });
      audit(`recomputation:${run.id}`, null, { scope: body });
      return run;
    },
    adoptRecomputation: async ({ actor, params, audit }) => {
      guard.anywhere(actor, 'recompute:write');
      const { division, differing, totals } = await recomputer.find(params.id);
      guard.onDivision(actor, 'recompute:write', division);
      const run = await recomputer.adopt(params.id, actor.name);
      audit(`recomputation:${run.id}`, null, { adopted: true, differing, totals });
      return run;
    },
  };
}
