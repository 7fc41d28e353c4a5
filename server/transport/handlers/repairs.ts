import type { Actor } from '../../../shared/permissions.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { repairRoutes } from '../../../shared/routes/repairs.ts';
import { FileReply } from '../../../shared/routes/route.ts';
import { asAudited, type RepairChange } from '../../services/repairs.ts';
import type { HandlersOf, HttpRequest } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

type ListQuery = HttpRequest<'listRepairs'>['query'];

export function repairHandlers({ book, guard }: HttpParts): HandlersOf<typeof repairRoutes> {
  const { repairs, photos, registry } = book;
  const countyOf = (machine: string) => book.fleet.machines.get(machine)?.county ?? null;
  /** Answers with what it is now; a retry, which changed nothing, leaves no trace. */
  const changed = ({ before, after }: RepairChange, audit: (object: string, before: unknown, after: unknown) => void) => {
    if (before !== after) audit(`repair:${after.id}`, asAudited(before), asAudited(after));
    return repairs.shown(after);
  };

  /** One's own where nothing is named; what is named must be within reach. */
  function scopeOf(actor: Actor, { station, division, machine }: ListQuery) {
    if (actor.role === 'operator') {
      guard.onMachine(actor, 'repair:read', machine ?? actor.machine ?? '');
      return { machine: machine ?? actor.machine! };
    }
    if (actor.role === 'station' || station !== undefined) {
      const asked = station ?? actor.station ?? '';
      const at = registry.stations.find(one => one.id === asked);
      guard.onRepair(actor, 'repair:read', { station: asked, units: at ? registry.chain(at.division) : [] });
      return { station: asked, machine };
    }
    if (machine !== undefined && division === undefined) {
      guard.onMachine(actor, 'repair:read', machine, countyOf(machine));
      return { machine };
    }
    const unit = division ?? actor.division ?? registry.root()?.code ?? '';
    guard.onDivision(actor, 'repair:read', unit);
    return { unit, machine };
  }

  return {
    async callRepair({ actor, body, audit }) {
      if (actor.machine === null) throw new Refusal('forbidden', 'repair:call: only the operator of a machine calls for it');
      guard.onMachine(actor, 'repair:call', actor.machine);
      return changed(await repairs.call(actor.machine, body, actor.name), audit);
    },
    async repairDesk({ actor }) {
      guard.anyRepair(actor, 'repair:write');
      const recent = await repairs.recentMachines(actor.station);
      return {
        station: registry.stations.find(one => one.id === actor.station) ?? null,
        stations: registry.stations,
        recent: recent.flatMap(id => registry.machines.get(id) ?? []).map(machine => registry.card(machine)),
      };
    },
    async listRepairs({ actor, query }) {
      const page = await repairs.list({ ...scopeOf(actor, query), text: query.q }, query.state, query.from);
      return { asOf: book.clock.season(), ...page };
    },
    async logRepair({ actor, body, audit }) {
      const station = actor.role === 'station' ? (body.station ?? actor.station) : body.station;
      // Asked before anything is looked up, so that a station learns nothing of another's.
      if (actor.role === 'station') guard.onRepair(actor, 'repair:write', { station, units: [] });
      const draft = repairs.draftOf({ ...body, station }, actor.name);
      guard.onRepair(actor, 'repair:write', draft);
      return changed(await repairs.log(draft), audit);
    },
    async repair({ actor, params }) {
      const repair = await repairs.find(params.id);
      guard.onRepair(actor, 'repair:read', repair);
      return repairs.shown(repair);
    },
    async editRepair({ actor, params, body, audit }) {
      guard.onRepair(actor, 'repair:write', await repairs.find(params.id));
      return changed(await repairs.edit(params.id, body, actor.name), audit);
    },
    async addPhoto({ actor, params, body, audit }) {
      guard.onRepair(actor, 'repair:photo', await repairs.find(params.id));
      return changed(await photos.add(params.id, body, actor.name), audit);
    },
    async removePhoto({ actor, params, audit }) {
      guard.onRepair(actor, 'repair:write', await repairs.find(params.id));
      return changed(await photos.remove(params.id, params.photo), audit);
    },
    async photo({ actor, params, response }) {
      // Somebody without any repair learns not even whether it exists.
      guard.anyRepair(actor, 'repair:read');
      const { repair, jpeg } = await photos.find(params.id);
      guard.onRepair(actor, 'repair:read', await repairs.find(repair));
      response.set({ 'Cache-Control': 'private, max-age=86400, immutable', 'X-Content-Type-Options': 'nosniff' });
      return new FileReply(jpeg, 'image/jpeg', null);
    },
  };
}
