import type { ReceptionList } from '../../../shared/imports.ts';
import type { Actor } from '../../../shared/permissions.ts';
import type { Visit } from '../../../shared/reception.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { receptionRoutes } from '../../../shared/routes/reception.ts';
import { FileReply } from '../../../shared/routes/route.ts';
import { dayOf } from '../../../shared/season.ts';
import { templateOf } from '../../services/imports/columns.ts';
import type { HandlersOf, HttpRequest } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

type Query = HttpRequest<'reception'>['query'];

export function receptionHandlers({ book, guard, publicUrl }: HttpParts): HandlersOf<typeof receptionRoutes> {
  const { registry, reception, firstWork, orders } = book;
  const { visits } = reception;

  /** One's own where nothing is named; what is named must be within reach. */
  function scopeOf(actor: Actor, { station, division }: Query) {
    const asked = station ?? actor.station;
    if (asked !== null) {
      const at = registry.stations.find(one => one.id === asked) ?? null;
      guard.onStation(actor, 'arrival:read', { stations: [asked], divisions: at ? [at.division] : [] });
      return {
        station: at,
        hasStation: (one: string) => one === asked,
        has: (visit: Visit) => visit.stations.includes(asked),
        isOf: (_: string, one: string | null) => one === asked,
      };
    }
    const unit = division ?? actor.division ?? registry.root()?.code ?? '';
    guard.onDivision(actor, 'arrival:read', unit);
    const isIn = (code: string) => registry.chain(code).includes(unit);
    return {
      station: null,
      hasStation: (one: string) => isIn(visits.divisionOf(one)),
      has: (visit: Visit) => isIn(visit.division),
      isOf: isIn,
    };
  }
  const reached = (actor: Actor, action: 'arrival:read' | 'arrival:write', id: string): Visit => {
    guard.onStation(actor, action, visits.reachOf(visits.known(id)));
    return visits.find(id);
  };

  return {
    reception({ actor, query }) {
      const { station, hasStation, has, isOf } = scopeOf(actor, query);
      const asOf = book.clock.season();
      const stations = registry.stations.filter(one => hasStation(one.id));
      return {
        asOf,
        day: dayOf(asOf),
        station,
        stations,
        awaited: visits.awaited(hasStation),
        ...visits.listed(has),
        counts: reception.countsToday(isOf),
      };
    },
    async recordVisit({ actor, body, audit }) {
      // A station checks in at itself, and writes of what it has written of.
      if (actor.role === 'station' && body.kind === 'arrived' && body.checkIn.station !== actor.station)
        throw new Refusal('forbidden', 'arrival:write: a station checks in where it is');
      const reach = visits.subjectOf(body);
      // To let a permit pass is not the station's to decide.
      guard.onStation(actor, body.kind === 'allowed' ? 'permit:issue' : 'arrival:write', reach);
      const { before, after } = await visits.record(body, { author: actor.name, station: actor.station });
      if (before !== after) audit(`visit:${after.id}`, before, after);
      return visits.shown(after);
    },
    visit: ({ actor, params }) => visits.shown(reached(actor, 'arrival:read', params.id)),
    async enrolVisit({ actor, params, audit }) {
      const visit = reached(actor, 'arrival:write', params.id);
      const machine = firstWork.machineOf(visit);
      // A station gives phones to those who come from elsewhere; of our own machines the dispatcher decides.
      if (registry.machines.get(machine)?.origin === 'home') guard.onMachine(actor, 'machine:enrol', machine);
      const { invitation, path } = await book.people.invitations.invite(
        { role: 'operator', name: visit.holder || visit.plate, machine, division: null, station: null },
        actor,
      );
      audit(`invitation:${invitation.id}`, null, { role: 'operator', machine, name: invitation.name, expiresAt: invitation.expiresAt });
      return { path, url: publicUrl && `${publicUrl}${path}`, expiresAt: invitation.expiresAt };
    },
    visitWork: ({ actor, params }) => ({ requests: firstWork.near(reached(actor, 'arrival:write', params.id)) }),
    async giveVisitWork({ actor, params, body, audit }) {
      const visit = reached(actor, 'arrival:write', params.id);
      const { orders: given, isNew } = await firstWork.give(visit, { ...body, author: actor.name });
      if (isNew) for (const order of given) audit(`order:${order.id}`, null, orders.shown(order));
      return visits.shown(visits.find(params.id));
    },
    async importReception({ actor, params, query, body, audit }) {
      guard.anywhere(actor, 'arrival:plan');
      const apply = query.apply === 'true';
      const reaches = (division: string) => guard.reaches(actor, 'arrival:plan', division);
      const report = await reception.import({ list: params.list, bytes: body, apply, reaches });
      if (apply) audit(`import:${params.list}`, null, { new: report.new, changed: report.changed, same: report.same, file: query.name });
      return report;
    },
    receptionTemplate({ actor, params }) {
      guard.anywhere(actor, 'arrival:plan');
      const list: ReceptionList = params.list;
      return new FileReply(Buffer.from(templateOf(list)), 'text/csv; charset=utf-8', `${list}.csv`);
    },
  };
}
