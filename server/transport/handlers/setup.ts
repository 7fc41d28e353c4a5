import { isGeo } from '../../../shared/imports.ts';
import { Refusal } from '../../../shared/reply.ts';
import { FileReply } from '../../../shared/routes/route.ts';
import type { setupRoutes } from '../../../shared/routes/setup.ts';
import { type TableKind, templateOf } from '../../services/imports/columns.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function setupHandlers({ book, guard, setup, imports, fields, reopen }: HttpParts): HandlersOf<typeof setupRoutes> {
  const inTurn = <T>(work: () => Promise<T>) => fields.inTurn(work);
  return {
    setup: ({ actor }) => {
      guard.onCity(actor, 'season:write');
      return setup.state();
    },
    createSeason: async ({ actor, body, audit, response }) => {
      guard.onCity(actor, 'season:write');
      const { reopens, ...season } = await inTurn(() => setup.create(body, actor.name));
      audit(`season:${season.year}`, null, season);
      // The answer first: with the program's new beginning all connections end.
      if (reopens) response.once('close', () => reopen?.());
      return season;
    },
    closeSeason: async ({ actor, params, body, audit }) => {
      guard.onCity(actor, 'season:write');
      const before = book.registry.season;
      const season = await inTurn(() => setup.close(params.year, { confirm: body.confirm, author: actor.name }));
      audit(`season:${season.year}`, before, season);
      return season;
    },
    sealedSeason: ({ actor, params }) => {
      guard.onCity(actor, 'progress:read');
      return setup.sealed(params.year);
    },
    editSeason: async ({ actor, params, body, audit }) => {
      guard.onCity(actor, 'season:write');
      const before = book.registry.season;
      const season = await inTurn(() => setup.edit(params.year, body));
      audit(`season:${season.year}`, before, season);
      return season;
    },
    importFile: async ({ actor, params, query, body, audit }) => {
      guard.onCity(actor, 'season:write');
      const apply = query.apply === 'true';
      const now = book.clock.season();
      const { name: fileName, system, town } = query;
      const wish = { kind: params.kind, bytes: body, apply, fileName, system, town, author: actor.name, now, noted: audit };
      const report = await imports.run(wish);
      if (apply) audit(`import:${params.kind}`, null, { new: report.new, changed: report.changed, same: report.same, file: query.name });
      return report;
    },
    importTemplate: ({ actor, params }) => {
      // The header is no secret: whoever may bring lists while the season runs needs it too.
      guard.anywhere(actor, 'registry:write');
      if (isGeo(params.kind)) throw new Refusal('notFound', `${params.kind} come as GeoJSON, not as a table`);
      return new FileReply(Buffer.from(templateOf(params.kind as TableKind)), 'text/csv; charset=utf-8', `${params.kind}.csv`);
    },
  };
}
