import type { HistoryKind } from '../../../shared/history.ts';
import type { Actor } from '../../../shared/permissions.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { historyRoutes } from '../../../shared/routes/history.ts';
import { withoutPhones } from '../../services/masked-phone.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

/** The history of one record, for whoever reaches that record. */
export function historyHandlers({ book, guard }: HttpParts): HandlersOf<typeof historyRoutes> {
  const { registry, requests, orders, orderLedger, repairs, reception, people } = book;
  const countyOf = (machine: string) => book.fleet.machines.get(machine)?.county ?? null;

  const needReach: Record<HistoryKind, (actor: Actor, id: string) => void | Promise<void>> = {
    machine: (actor, id) => guard.onMachine(actor, 'history:read', id, countyOf(id)),
    // The operators of the own division's machines; everybody else is the administrator's.
    account: (actor, id) => {
      const account = people.accounts.find(id);
      if (account?.role === 'operator' && account.machine !== null) guard.onMachine(actor, 'history:read', account.machine);
      else guard.onCity(actor, 'audit:read');
    },
    station: (actor, id) => {
      const station = registry.stations.find(one => one.id === id);
      guard.onStation(actor, 'history:read', { stations: [id], divisions: station ? [station.division] : [] });
    },
    field: (actor, id) => guard.onDivision(actor, 'history:read', registry.townOfField(id)),
    request: (actor, id) => guard.onDivision(actor, 'history:read', requests.divisionOf(id)),
    order: (actor, id) => {
      const order = orderLedger.orders.get(id);
      guard.onOrder(actor, 'history:read', { units: order ? orders.unitsOf(order) : [], machine: order?.machine ?? '' });
    },
    permit: (actor, id) => guard.onStation(actor, 'history:read', reception.permits.subjectOf(id)),
    repair: async (actor, id) => {
      const repair = await repairs.find(id).catch((problem: unknown) => {
        // One that does not exist concerns nobody: only those who may see all learn that.
        if (problem instanceof Refusal && problem.code === 'notFound') return null;
        throw problem;
      });
      guard.onRepair(actor, 'history:read', repair ?? { units: [], station: null });
    },
  };

  /** Whose phone number may be in it: by whom the record belongs to, not by where it happens to be. */
  const unitOf = (kind: HistoryKind, id: string): string => {
    if (kind === 'request') return requests.divisionOf(id);
    if (kind === 'order') return orderLedger.orders.get(id)?.division ?? '';
    if (kind === 'permit') return reception.permits.subjectOf(id).divisions[0] ?? '';
    return registry.machines.get(kind === 'account' ? (people.accounts.find(id)?.machine ?? '') : id)?.division ?? '';
  };

  return {
    async history({ actor, params: { kind, id }, query }) {
      await needReach[kind](actor, id);
      const { events, next } = await book.audit.pageOf(objectsOf(kind, id), query.from);
      const seesAll = guard.mayAnywhere(actor, 'audit:read');
      const mayCall = guard.reaches(actor, ofFarmer.has(kind) ? 'request:write' : 'machine:phone', unitOf(kind, id));
      const shown = (state: unknown) => (mayCall ? state : withoutPhones(state));
      return {
        events: events.map(event => ({
          ...event,
          from: seesAll ? event.from : null,
          before: shown(event.before),
          after: shown(event.after),
        })),
        next,
      };
    },
  };
}

const ofFarmer: ReadonlySet<HistoryKind> = new Set(['request', 'order']);

/** A machine's duties, tokens and consents are written down under names of their own. */
const objectsOf = (kind: HistoryKind, id: string): string[] =>
  kind === 'machine' ? ['machine', 'duty', 'token', 'consent'].map(one => `${one}:${id}`) : [`${kind}:${id}`];
