import type { Actor } from '../../../shared/permissions.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { fuelRoutes } from '../../../shared/routes/fuel.ts';
import { asAudited, type FuelChange } from '../../services/fuel.ts';
import type { HandlersOf, HttpRequest } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function fuelHandlers({ book, guard }: HttpParts): HandlersOf<typeof fuelRoutes> {
  const { fuel, registry } = book;
  const countyOf = (machine: string) => book.fleet.machines.get(machine)?.county ?? null;
  const changed = ({ before, after }: FuelChange, audit: (object: string, before: unknown, after: unknown) => void) => {
    if (before !== after) audit(`fuel:${after.id}`, before && asAudited(before), asAudited(after));
    return fuel.shown(after);
  };
  /** One's own where nothing is named; what is named must be within reach. */
  function scopeOf(actor: Actor, { station, division, machine }: HttpRequest<'fuelList'>['query']) {
    const own = machine ?? actor.machine;
    if (own !== null && station === undefined && division === undefined) {
      guard.onMachine(actor, 'fuel:read', own, countyOf(own));
      return { machine: own };
    }
    if (actor.role === 'station' || station !== undefined) {
      const asked = station ?? actor.station ?? '';
      const at = registry.stations.find(one => one.id === asked);
      guard.onRepair(actor, 'fuel:read', { station: asked, units: at ? registry.chain(at.division) : [] });
      return { station: asked, machine };
    }
    const unit = division ?? actor.division ?? registry.root()?.code ?? '';
    guard.onDivision(actor, 'fuel:read', unit);
    return { unit, machine };
  }
  return {
    async requestFuel({ actor, body, audit }) {
      if (actor.machine === null) throw new Refusal('forbidden', 'fuel:request: only the operator of a machine asks for it');
      guard.onMachine(actor, 'fuel:request', actor.machine);
      return changed(await fuel.request(actor.machine, body, actor.name), audit);
    },
    async logFuel({ actor, body, audit }) {
      const station = actor.role === 'station' ? (body.station ?? actor.station) : body.station;
      // Asked before anything is looked up, so that a station learns nothing of another's.
      if (actor.role === 'station') guard.onRepair(actor, 'fuel:write', { station, units: [] });
      const draft = fuel.draftOf({ ...body, station }, actor.name);
      guard.onRepair(actor, 'fuel:write', draft);
      return changed(await fuel.log(draft), audit);
    },
    async fuelList({ actor, query }) {
      return { asOf: book.clock.season(), ...(await fuel.list(scopeOf(actor, query), query.state, query.from)) };
    },
    async fuel({ actor, params }) {
      const booking = await fuel.find(params.id);
      guard.onRepair(actor, 'fuel:read', booking);
      return fuel.shown(booking);
    },
    async editFuel({ actor, params, body, audit }) {
      guard.onRepair(actor, 'fuel:write', await fuel.find(params.id));
      return changed(await fuel.edit(params.id, body.version, body.changes), audit);
    },
  };
}
