import type { candidateRoutes } from '../../../shared/routes/candidates.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function candidateHandlers({ book, fields, guard }: HttpParts): HandlersOf<typeof candidateRoutes> {
  const { candidates } = book;
  const mayWrite = (actor: Parameters<typeof guard.onDivision>[0], id: string) =>
    guard.onDivision(actor, 'field:write', candidates.divisionOf(id));
  type Changed = { before: { id: string; state: string }[]; after: { id: string }[] };
  /** What the boundary was and is, not the tracks behind it. */
  const tell = (audit: (object: string, before: unknown, after: unknown) => void, { before, after }: Changed) => {
    const plain = (one: object) => ({ ...one, grounds: undefined });
    for (const one of after) {
      const was = before.find(({ id }) => id === one.id);
      audit(`candidate:${one.id}`, was ? plain(was) : null, plain(one));
    }
  };
  return {
    candidates({ actor, query }) {
      guard.onDivision(actor, 'field:read', query.division);
      return candidates.list(query.division, query.state);
    },
    candidate({ actor, params }) {
      guard.onDivision(actor, 'field:read', candidates.divisionOf(params.id));
      const detail = candidates.detail(params.id, town => guard.reaches(actor, 'field:write', town));
      return { ...detail, shifted: detail.machines.map(({ machine }) => machine).filter(id => book.machines.looksShifted(id)) };
    },
    async shapeCandidate({ actor, params, body, audit }) {
      mayWrite(actor, params.id);
      const change = await candidates.shape({ ...params, version: body.version }, body.polygon);
      tell(audit, change);
      return candidates.shown(change.result);
    },
    async confirmCandidate({ actor, params, body, audit }) {
      mayWrite(actor, params.id);
      guard.onDivision(actor, 'field:write', body.town);
      const { version, ...wish } = body;
      const change = await candidates.confirm({ ...params, version }, wish, { by: actor.name, fields });
      if (change.after.length > 0) audit(`field:${change.result.id}`, null, change.result);
      tell(audit, change);
      return change.result;
    },
    async discardCandidate({ actor, params, body, audit }) {
      mayWrite(actor, params.id);
      const change = await candidates.discard({ ...params, version: body.version }, body.reason, actor.name);
      tell(audit, change);
      return candidates.shown(change.result);
    },
    async reopenCandidate({ actor, params, body, audit }) {
      mayWrite(actor, params.id);
      const change = await candidates.reopen({ ...params, version: body.version });
      tell(audit, change);
      return candidates.shown(change.result);
    },
    async mergeCandidates({ actor, body, audit }) {
      for (const { id } of body.candidates) mayWrite(actor, id);
      const change = await candidates.merge(body.candidates, actor.name);
      tell(audit, change);
      return candidates.shown(change.result);
    },
    async enlargeField({ actor, params, body, audit }) {
      mayWrite(actor, params.id);
      guard.onDivision(actor, 'field:write', book.registry.fields.get(body.field.id)?.town ?? '');
      const { shape } = fields.find(body.field.id);
      const change = await candidates.enlarge({ ...params, version: body.version }, body.field, { by: actor.name, fields });
      audit(`field:${body.field.id}`, { polygon: shape.polygon }, { polygon: change.result.polygon, areaMu: change.result.areaMu });
      tell(audit, change);
      return change.result;
    },
  };
}
