import type { Actor } from '../../../shared/permissions.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { orderRoutes } from '../../../shared/routes/orders.ts';
import type { WorkOrderShown, WorkRequestShown } from '../../../shared/work-order.ts';
import { maskedPhone } from '../../services/masked-phone.ts';
import { asAudited, type OrderChange } from '../../services/orders.ts';
import type { RequestChange } from '../../services/requests.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

type Audit = (object: string, before: unknown, after: unknown) => void;

export function orderHandlers({ book, guard }: HttpParts): HandlersOf<typeof orderRoutes> {
  const { requests, orders, offers, nearest, registry } = book;
  const countyOf = (machine: string) => book.fleet.machines.get(machine)?.county ?? null;

  const requestFor = (actor: Actor, shown: WorkRequestShown): WorkRequestShown =>
    guard.reaches(actor, 'request:write', shown.division) ? shown : { ...shown, contactPhone: maskedPhone(shown.contactPhone) };
  /** Whoever keeps the request may call its farmer, and so may the operator who goes there. */
  const orderFor = (actor: Actor, shown: WorkOrderShown): WorkOrderShown => {
    const mayCall = guard.reaches(actor, 'request:write', shown.division) || actor.machine === shown.machine;
    return mayCall ? shown : { ...shown, contactPhone: maskedPhone(shown.contactPhone) };
  };
  const changedOrder = (actor: Actor, { before, after }: OrderChange, audit: Audit) => {
    if (before !== after) audit(`order:${after.id}`, before && asAudited(before), asAudited(after));
    return orderFor(actor, orders.shown(after));
  };
  const changedRequest = (actor: Actor, { before, after, orders: along }: RequestChange, audit: Audit) => {
    if (before !== after) audit(`request:${after.id}`, before, after);
    for (const order of along) audit(`order:${order.after.id}`, asAudited(order.before), asAudited(order.after));
    return requestFor(actor, requests.shown(after));
  };
  /** An order that does not exist concerns nobody: only those who may see all learn that. */
  const orderAt = (id: string) => {
    const order = book.orderLedger.orders.get(id);
    return { units: order ? orders.unitsOf(order) : [], machine: order?.machine ?? '' };
  };

  return {
    requests({ actor, query }) {
      guard.onDivision(actor, 'request:read', query.division);
      const { requests: found, ...list } = requests.list(query);
      return { ...list, requests: found.map(request => requestFor(actor, request)) };
    },
    requestPlaces({ actor, query }) {
      guard.onDivision(actor, 'request:write', query.division);
      return { lastPricePerMu: requests.lastPrice(query), places: book.requestPlaces.find(query) };
    },
    request({ actor, params }) {
      guard.onDivision(actor, 'request:read', requests.divisionOf(params.id));
      return requestFor(actor, requests.shown(requests.find(params.id)));
    },
    async putRequest({ actor, params, query, body, audit }) {
      guard.onDivision(actor, 'request:write', body.division);
      const known = requests.divisionOf(params.id);
      if (known !== '') guard.onDivision(actor, 'request:write', known);
      if (body.id !== params.id) throw new Refusal('invalid', 'id: is not the one of the address');
      return changedRequest(actor, await requests.put(body, { version: query.version, author: actor.name }), audit);
    },
    async cancelRequest({ actor, params, body, audit }) {
      guard.onDivision(actor, 'request:write', requests.divisionOf(params.id));
      return changedRequest(actor, await requests.cancel(params.id, { ...body, author: actor.name }), audit);
    },

    orders({ actor, query }) {
      const { division, machine } = query;
      const own = machine ?? actor.machine;
      if (query.request !== undefined && own === null) {
        guard.onDivision(actor, 'order:read', requests.divisionOf(query.request));
        const { orders: found, ...list } = orders.list(query);
        return { ...list, orders: found.map(order => orderFor(actor, order)) };
      }
      if (division !== undefined) guard.onDivision(actor, 'order:read', division);
      else if (own !== null) guard.onMachine(actor, 'order:read', own, countyOf(own));
      const unit = division ?? (own === null ? (actor.division ?? registry.root()?.code ?? '') : undefined);
      if (division === undefined && unit !== undefined) guard.onDivision(actor, 'order:read', unit);
      const { orders: found, ...list } = orders.list({ ...query, division: unit, machine: own ?? undefined });
      return { ...list, orders: found.map(order => orderFor(actor, order)) };
    },
    order({ actor, params }) {
      guard.onOrder(actor, 'order:read', orderAt(params.id));
      return orderFor(actor, orders.shown(orders.find(params.id)));
    },
    async offerOrders({ actor, body, audit }) {
      for (const { machine, request, division } of body.offers) {
        guard.onMachine(actor, 'order:write', machine, countyOf(machine));
        if (division !== null) guard.onDivision(actor, 'order:write', division);
        if (request !== null) guard.onDivision(actor, 'order:write', requests.divisionOf(request));
      }
      const given = await offers.offer(body.offers, { author: actor.name, advice: null });
      if (given.isNew) for (const order of given.orders) audit(`order:${order.id}`, null, asAudited(order));
      return { orders: given.orders.map(order => orderFor(actor, orders.shown(order))) };
    },
    async withdrawOrder({ actor, params, body, audit }) {
      guard.onOrder(actor, 'order:write', orderAt(params.id));
      return changedOrder(actor, await orders.withdraw(params.id, body), audit);
    },
    async settleOrder({ actor, params, body, audit }) {
      guard.onOrder(actor, 'order:write', orderAt(params.id));
      return changedOrder(actor, await orders.settle(params.id, body), audit);
    },
    async answerOrder({ actor, body, audit }) {
      guard.onOrder(actor, 'order:answer', orderAt(body.order));
      return changedOrder(actor, await orders.answer(body), audit);
    },
    nearestMachines({ actor, query }) {
      const { lng, lat, operation, by, division } = query;
      if (division !== undefined) guard.onDivision(actor, 'order:write', division);
      else guard.anywhere(actor, 'order:write');
      if (query.request !== undefined) guard.onDivision(actor, 'request:read', requests.divisionOf(query.request));
      const request = query.request === undefined ? null : requests.find(query.request);
      const isWithin = (code: string) => division === undefined || registry.chain(code).includes(division);
      const mayUse = (code: string | null) => code !== null && isWithin(code) && guard.reaches(actor, 'order:write', code);
      return nearest.find({
        lngLat: [lng, lat],
        operation: request?.operation ?? operation,
        by,
        request,
        mayUse: machine => mayUse(machine.division) || mayUse(countyOf(machine.id)),
      });
    },
  };
}
