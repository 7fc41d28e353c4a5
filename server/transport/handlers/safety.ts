import { Refusal } from '../../../shared/reply.ts';
import type { safetyRoutes } from '../../../shared/routes/safety.ts';
import { maskedPhone } from '../../services/masked-phone.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function safetyHandlers({ book, guard }: HttpParts): HandlersOf<typeof safetyRoutes> {
  const { registry } = book;
  const { safety, visits } = book.reception;
  const unitOf = (division: string | undefined, own: string | null) => division ?? own ?? registry.root()?.code ?? '';
  return {
    accidents({ actor, query }) {
      const unit = unitOf(query.division, actor.division);
      guard.onStation(actor, 'safety:read', { stations: actor.station ? [actor.station] : [], divisions: [unit] });
      return safety.list(query, (division, station) =>
        actor.station === null ? registry.chain(division).includes(unit) : station === actor.station,
      );
    },
    async putAccident({ actor, params, query, body, audit }) {
      if (body.id !== params.id) throw new Refusal('invalid', 'id: is not the one of the address');
      const known = safety.known(params.id);
      const own = actor.station === null ? [] : [actor.station];
      guard.onStation(actor, 'safety:write', { stations: own, divisions: [body.division] });
      if (known) guard.onStation(actor, 'safety:write', { stations: known.station ? [known.station] : [], divisions: [known.division] });
      const { before, after } = await safety.put(body, { version: query.version, author: actor.name, station: actor.station });
      if (before !== after) audit(`accident:${after.id}`, before, after);
      return after;
    },
    register({ actor, params, query }) {
      const county = registry.chain(visits.divisionOf(actor.station ?? '')).find(code => registry.divisions.get(code)?.level === 'county');
      const unit = actor.station === null ? unitOf(query.division, actor.division) : (county ?? '');
      guard.onStation(actor, 'safety:read', { stations: actor.station ? [actor.station] : [], divisions: [unit] });
      const { total, trained, overhauled } = safety.register(params.register, query, division => registry.chain(division).includes(unit));
      const mayCall = (division: string) => guard.reaches(actor, 'safety:write', division);
      return { total, overhauled, trained: trained.map(row => (mayCall(row.division) ? row : { ...row, phone: maskedPhone(row.phone) })) };
    },
  };
}
