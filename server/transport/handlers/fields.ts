import type { Field } from '../../../shared/registry.ts';
import type { fieldRoutes } from '../../../shared/routes/fields.ts';
import type { Regrouped } from '../../services/regrouping.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

/** Fields that are cut in two or become one. */
export function fieldHandlers({ book, guard, regrouping }: HttpParts): HandlersOf<typeof fieldRoutes> {
  const { registry } = book;
  return {
    async splitField({ actor, params, body: { apply, line, version }, audit }) {
      guard.onDivision(actor, 'field:write', registry.townOfField(params.id));
      const done = await regrouping.split({ id: params.id, version }, line, { apply, by: actor.name });
      if (apply) note(done, audit);
      return { applied: apply, fields: done.made };
    },
    async mergeFields({ actor, body: { apply, fields }, audit }) {
      for (const { id } of fields) guard.onDivision(actor, 'field:write', registry.townOfField(id));
      const done = await regrouping.merge(fields, { apply, by: actor.name });
      if (apply) note(done, audit);
      return { applied: apply, fields: done.made };
    },
  };
}

/** The old ones end and the new ones begin in one record, each in its own history. */
function note({ old, made }: Regrouped, audit: (object: string, before: unknown, after: unknown) => void): void {
  const plain = ({ polygon, areaMu }: Field) => ({ polygon, areaMu });
  const [was, is] = [old, made].map(some => some.map(({ id }) => id).join(' + '));
  for (const field of old) audit(`field:${field.id}`, plain(field), { became: is });
  for (const field of made) audit(`field:${field.id}`, { cameFrom: was }, plain(field));
}
