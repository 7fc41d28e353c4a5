import type { Action, Actor } from '../../../shared/permissions.ts';
import type { stationRoutes } from '../../../shared/routes/stations.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function stationHandlers({ book, guard }: HttpParts): HandlersOf<typeof stationRoutes> {
  const { registry, repairs, stationDesk, maintenance, machines } = book;
  const countyOf = (machine: string) => book.fleet.machines.get(machine)?.county ?? null;
  const onStation = (actor: Actor, action: Action, station: string) => {
    const at = registry.stations.find(one => one.id === station);
    guard.onRepair(actor, action, { station, units: at ? registry.chain(at.division) : [] });
    return at;
  };
  /** A station cares for any machine that comes; the others for those of their units, an operator for the own one. */
  const onMachine = (actor: Actor, action: Action, machine: string) =>
    actor.role === 'station' ? guard.anyRepair(actor, action) : guard.onMachine(actor, action, machine, countyOf(machine));
  /** A machine's own token bears its id; the person in its cab is on the list. */
  const authorOf = ({ role, name, machine }: Actor): string =>
    (role === 'device' && name === machine && registry.machines.get(machine)?.operatorName) || name;
  return {
    async stationLoads({ actor, query: { division, station } }) {
      const asOf = book.clock.season();
      if (actor.role === 'station' || station !== undefined) {
        const at = onStation(actor, 'station:read', station ?? actor.station ?? '');
        return { asOf, stations: await stationDesk.loads(at ? [at] : []) };
      }
      const unit = division ?? actor.division ?? registry.root()?.code ?? '';
      guard.onDivision(actor, 'station:read', unit);
      return { asOf, stations: await stationDesk.loads(registry.stations.filter(one => registry.chain(one.division).includes(unit))) };
    },
    async repairChoices({ actor, params }) {
      const repair = await repairs.find(params.id);
      guard.onRepair(actor, 'repair:write', repair);
      return { choices: await stationDesk.choices(repair) };
    },
    machineChoices({ actor, params }) {
      onMachine(actor, 'repair:write', params.id);
      return stationDesk.choices({ id: null, lngLat: book.fleet.machines.get(params.id)?.lngLat ?? null }).then(choices => ({ choices }));
    },
    async machineRepairs({ actor, params }) {
      onMachine(actor, 'repair:read', params.id);
      return { repairs: await repairs.ofMachine(params.id) };
    },
    teams({ actor, query }) {
      onStation(actor, 'station:read', query.station);
      return { teams: stationDesk.teamsOf(query.station) };
    },
    async putTeam({ actor, body, audit }) {
      onStation(actor, 'stock:write', body.station);
      const { before, after } = await stationDesk.putTeam(body);
      audit(`team:${after.id}`, before, after);
      return after;
    },
    maintenance({ actor, query: { station, machine } }) {
      const asOf = book.clock.season();
      const named = machine ?? (station === undefined ? actor.machine : null);
      if (named) {
        onMachine(actor, 'maintenance:read', named);
        return { asOf, rows: maintenance.ofMachine(machines.find(named)) };
      }
      const at = onStation(actor, 'maintenance:read', station ?? actor.station ?? '');
      return { asOf, rows: at ? maintenance.forStation(at) : [] };
    },
    async tickMaintenance({ actor, body, audit }) {
      onMachine(actor, 'maintenance:write', body.machine);
      const { before, after } = await maintenance.tick(body, { by: authorOf(actor), station: actor.station });
      if (before !== after) audit(`machine:${body.machine}`, { maintenance: body.task, last: before?.at ?? null }, { at: after.at });
      return {};
    },
  };
}
