import { isGeo } from '../../../shared/imports.ts';
import { Refusal } from '../../../shared/reply.ts';
import { FileReply } from '../../../shared/routes/route.ts';
import type { setupRoutes } from '../../../shared/routes/setup.ts';
import { type TableKind, templateOf } from '../../services/imports/columns.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function setupHandlers({ book, guard, setup, imports }: HttpParts): HandlersOf<typeof setupRoutes> {
  return {
    setup: ({ actor }) => {
      guard.onCity(actor, 'season:write');
      return setup.state();
    },
    createSeason: async ({ actor, body, audit }) => {
      guard.onCity(actor, 'season:write');
      const season = await setup.create(body);
      audit(`season:${season.year}`, null, season);
      return season;
    },
    editSeason: async ({ actor, params, body, audit }) => {
      guard.onCity(actor, 'season:write');
      const before = book.registry.season;
      const season = await setup.edit(params.year, body);
      audit(`season:${season.year}`, before, season);
      return season;
    },
    importFile: async ({ actor, params, query, body, audit }) => {
      guard.onCity(actor, 'season:write');
      const apply = query.apply === 'true';
      const wish = { kind: params.kind, bytes: body, apply, fileName: query.name, author: actor.name, now: book.clock.season() };
      const report = await imports.run(wish);
      if (apply) audit(`import:${params.kind}`, null, { new: report.new, changed: report.changed, same: report.same, file: query.name });
      return report;
    },
    importTemplate: ({ actor, params }) => {
      guard.onCity(actor, 'season:write');
      if (isGeo(params.kind)) throw new Refusal('notFound', `${params.kind} come as GeoJSON, not as a table`);
      return new FileReply(Buffer.from(templateOf(params.kind as TableKind)), 'text/csv; charset=utf-8', `${params.kind}.csv`);
    },
  };
}
