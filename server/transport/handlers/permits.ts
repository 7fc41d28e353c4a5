import type { Permit } from '../../../shared/permit.ts';
import type { permitRoutes } from '../../../shared/routes/permits.ts';
import { dayOf } from '../../../shared/season.ts';
import type { PermitChange } from '../../services/reception/permits.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function permitHandlers({ book, guard, publicUrl }: HttpParts): HandlersOf<typeof permitRoutes> {
  const { registry } = book;
  const { permits, checksByAddress } = book.reception;
  const changed = ({ before, after }: PermitChange, audit: (object: string, before: unknown, after: unknown) => void) => {
    if (before !== after) audit(`permit:${after.id}`, before && audited(before), audited(after));
    return after;
  };
  return {
    permits({ actor, query }) {
      const { division, ...page } = query;
      const unit = division ?? actor.division ?? registry.root()?.code ?? '';
      guard.onStation(actor, 'permit:read', { stations: actor.station ? [actor.station] : [], divisions: [unit] });
      const within = (permit: Permit) =>
        actor.station === null ? registry.chain(permit.division).includes(unit) : permit.station === actor.station;
      const asOf = book.clock.season();
      return { asOf, day: dayOf(asOf), publicUrl, issuer: registry.root()?.name ?? '', ...permits.list(page, within) };
    },
    async applyPermit({ actor, body, audit }) {
      const division = registry.machines.get(body.machine)?.division;
      guard.onStation(actor, 'permit:write', { stations: actor.station ? [actor.station] : [], divisions: division ? [division] : [] });
      return changed(await permits.apply(body, { author: actor.name, station: actor.station }), audit);
    },
    async issuePermit({ actor, params, body, audit }) {
      guard.onStation(actor, 'permit:issue', permits.subjectOf(params.id));
      return changed(await permits.issue(params.id, body.version, actor.name), audit);
    },
    async endPermit({ actor, params, body, audit }) {
      guard.onStation(actor, 'permit:issue', permits.subjectOf(params.id));
      return changed(await permits.end(params.id, { ...body, author: actor.name }), audit);
    },
    async checkPermit({ body, request }) {
      // Every try counts, since also a right one tells something.
      await checksByAddress.count(request.ip ?? null);
      return permits.check(body.code);
    },
  };
}

/** The check is no secret once it is printed, and nobody's business before. */
const audited = ({ check: _, ...permit }: Permit): object => permit;
