import type { Action, Actor } from '../../../shared/permissions.ts';
import { MOST_EXPORTED, REGISTRY_PAGE, type RegistryList } from '../../../shared/registry-list.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { registryRoutes } from '../../../shared/routes/registry.ts';
import { FileReply } from '../../../shared/routes/route.ts';
import { Pace } from '../../services/pace.ts';
import { cellWords } from '../../services/registry-desk/cell-words.ts';
import { RegistryFile } from '../../services/registry-desk/registry-file.ts';
import { machineRow, type RowView, stationRow } from '../../services/registry-desk/rows.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function registryHandlers({ book, guard, registryDesk, imports }: HttpParts): HandlersOf<typeof registryRoutes> {
  const { registry } = book;
  /** A unit's list to whoever reaches the unit; without one, that of the own division. */
  const unitFor = (actor: Actor, action: Action, division: string | undefined): string => {
    const unit = division ?? actor.division ?? registry.root()?.code ?? '';
    guard.onDivision(actor, action, unit);
    return unit;
  };
  const viewOf = (actor: Actor, list: RegistryList): RowView => ({
    mayEdit: code => guard.reaches(actor, 'registry:write', code),
    mayCall: code => guard.reaches(actor, list === 'contracts' ? 'request:write' : 'machine:phone', code),
  });

  return {
    registryPage({ actor, params: { list }, query }) {
      const unit = unitFor(actor, 'registry:read', query.division);
      return registryDesk.page({ ...query, list, size: REGISTRY_PAGE }, unit, viewOf(actor, list));
    },
    async editRegistry({ actor, params: { list, id }, body, audit }) {
      guard.onDivision(actor, 'registry:write', registryDesk.divisionOf(list, id) ?? '');
      const needReach = (division: string) => guard.onDivision(actor, 'registry:write', division);
      const { kind, before, after } = await registryDesk.edit({ list, id, ...body, now: book.clock.season(), needReach });
      if (before !== after) audit(`${kind}:${id}`, before, after);
      return 'location' in after ? stationRow(after, viewOf(actor, list)) : machineRow(after, viewOf(actor, list));
    },
    async exportRegistry({ actor, params: { list }, query, audit }) {
      const unit = unitFor(actor, 'registry:export', query.division);
      const { as, language, ...filter } = query;
      const view = viewOf(actor, list);
      const words = cellWords(language, code => registry.divisions.get(code)?.name ?? code);
      const file = new RegistryFile(list, words.column);
      const pace = new Pace();
      for await (const { total, rows } of registryDesk.pieces({ ...filter, list }, unit, view)) {
        if (total > MOST_EXPORTED[as])
          throw new Refusal('invalid', `as: ${total} rows are more than ${MOST_EXPORTED[as]}; filter first, or take CSV`);
        file.add(rows, words.cell);
        await pace.breathe();
      }
      audit(`registry:${list}`, null, { ...filter, division: unit, as });
      return new FileReply(file.bytes(), 'text/csv; charset=utf-8', `${list}.csv`);
    },
    async importRegistry({ actor, params, query, body, audit }) {
      guard.anywhere(actor, 'registry:write');
      const apply = query.apply === 'true';
      const reaches = (division: string) => guard.reaches(actor, 'registry:write', division);
      const now = book.clock.season();
      const wish = { kind: params.list, bytes: body, apply, fileName: query.name, author: actor.name, now, noted: audit, reaches };
      const report = await imports.run(wish);
      if (apply) audit(`import:${params.list}`, null, { new: report.new, changed: report.changed, same: report.same, file: query.name });
      return report;
    },
  };
}
