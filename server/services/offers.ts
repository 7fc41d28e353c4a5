import type { LngLat } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import type { OrderOffer } from '../../shared/work-order.ts';
import { type Assignment, type OrderStore, Outrun, type StoredOrder } from '../stores/orders.ts';
import type { StoredRequest } from '../stores/requests.ts';
import type { OrderGround } from './order-ground.ts';
import type { OrderLedger } from './order-ledger.ts';
import { clockOf } from './orders.ts';
import type { Registry } from './registry.ts';
import type { Requests } from './requests.ts';

/** An order to go out, for a machine as it was when it was chosen. */
export type Offer = OrderOffer & { machineVersion: number };

export interface Given {
  orders: StoredOrder[];
  /** False: they had gone out before. */
  isNew: boolean;
}

const MOVE_WITHIN_MS = 24 * 3_600_000;
/** What is typed and what is left are rounded to tenths of a mu. */
const ROUNDING_MU = 0.06;
const NOTHING_ASKED = { fields: [], pricePerMu: null, contactName: '', contactPhone: '' };

type Part = Pick<
  StoredOrder,
  'division' | 'placeName' | 'lngLat' | 'fields' | 'areaMu' | 'pricePerMu' | 'from' | 'to' | 'contactName' | 'contactPhone'
>;

/** Gives orders out: all of them or none, to machines and requests that are as whoever gives them saw them. */
export class Offers {
  constructor(
    private readonly deps: {
      ledger: OrderLedger;
      store: OrderStore;
      registry: Registry;
      requests: Requests;
      ground: OrderGround;
      now: () => number;
    },
  ) {}

  offer(offers: readonly Offer[], by: { author: string; advice: string | null }): Promise<Given> {
    const { ledger, store } = this.deps;
    return ledger.inTurn(async () => {
      const known = this.known(offers);
      if (known) return { orders: known, isNew: false };
      const assignments = this.assignments(offers, by.author);
      const orders = this.drafts(offers, by);
      const asked = new Set(orders.flatMap(order => (order.request === null ? [] : [order.request])));
      const requests = [...asked].map(id => {
        const request = this.deps.requests.find(id);
        return { ...request, given: request.given + 1 };
      });
      await store.give({ orders, assignments, requests }).catch((error: unknown) => {
        if (!(error instanceof Outrun)) throw error;
        ledger.mistrust();
        throw error.what === 'machine' ? this.machineTaken(error.id) : this.requestTaken(this.deps.requests.find(error.id));
      });
      ledger.enter({ orders, assignments, requests });
      return { orders, isNew: true };
    });
  }

  /** The same once more, after an answer that was lost. */
  private known(offers: readonly Offer[]): StoredOrder[] | null {
    const { orders } = this.deps.ledger;
    const known = offers.flatMap(offer => orders.get(offer.id) ?? []);
    if (known.length === 0) return null;
    const isSame = offers.every(offer => {
      const order = orders.get(offer.id);
      return order?.machine === offer.machine && order.request === offer.request && order.kind === offer.kind;
    });
    if (!isSame) throw new Refusal('conflict', 'id: another order has it; make new ones');
    return known;
  }

  private assignments(offers: readonly Offer[], author: string): Assignment[] {
    const { ledger, registry, now } = this.deps;
    const next = new Map<string, Assignment>();
    for (const { machine, machineVersion } of offers) {
      if (!registry.machines.has(machine)) throw new Refusal('invalid', `machine: there is no machine ${machine}`);
      if (ledger.versionOf(machine) !== machineVersion) throw this.machineTaken(machine);
      next.set(machine, { machine, version: machineVersion + 1, what: 'offered', by: author, at: now() });
    }
    return [...next.values()];
  }

  private drafts(offers: readonly Offer[], { author, advice }: { author: string; advice: string | null }): StoredOrder[] {
    const { ledger, ground, registry, now } = this.deps;
    const year = registry.season?.year;
    if (year === undefined) throw new Refusal('conflict', 'there is no season yet');
    const left = new Map<string, number>();
    const behind = new Map<string, number>();
    const ids = new Set<string>();
    return offers.map(offer => {
      const { id, kind, request, machine, operation, note } = offer;
      if (ids.has(id)) throw new Refusal('invalid', `id: ${id} stands here twice`);
      ids.add(id);
      const part = kind === 'move' ? this.movePart(offer) : this.workPart(offer, left);
      const sequence = (behind.get(machine) ?? ledger.liveOf(machine).at(-1)?.sequence ?? 0) + 1;
      behind.set(machine, sequence);
      const at = now();
      const baseMu = kind === 'work' ? ground.coveredMu({ machine, operation, ...part }) : 0;
      const travel = ground.travelTo(machine, part.lngLat) ?? { km: null, travelH: null };
      return {
        ...{ id, kind, request: kind === 'work' ? request : null, machine, operation, note, ...part, ...travel, sequence },
        ...{ state: 'offered' as const, times: { offered: at }, seen: { arrivedAt: null, startedAt: null }, seenStates: [] },
        ...{ declineReason: null, reason: '', doneMu: null, advice, author, version: 1, year, baseMu, answers: [] },
      };
    });
  }

  private movePart({ division }: Offer): Part {
    const { registry, ground, now } = this.deps;
    const unit = division === null ? undefined : registry.divisions.get(division);
    if (!unit) throw new Refusal('invalid', 'division: say to which unit the machine goes');
    const lngLat: LngLat | null = ground.middleOf(unit.code);
    if (!lngLat) throw new Refusal('invalid', `division: nobody knows where ${unit.name} lies; import its outline`);
    const from = now();
    return { ...NOTHING_ASKED, division: unit.code, placeName: unit.name, lngLat, areaMu: 0, from, to: from + MOVE_WITHIN_MS };
  }

  private workPart(offer: Offer, left: Map<string, number>): Part {
    const { requests, ledger } = this.deps;
    if (offer.request === null) throw new Refusal('invalid', 'request: say for which request');
    const request = requests.find(offer.request);
    if (request.cancelled) throw this.cancelled(request);
    if (request.operation !== offer.operation) throw new Refusal('invalid', `operation: the request is for ${request.operation}`);
    if (ledger.liveOf(offer.machine).some(order => order.request === request.id)) throw this.machineTaken(offer.machine);
    const openMu = left.get(request.id) ?? requests.openMu(request);
    const areaMu = offer.areaMu ?? openMu;
    if (openMu <= 0 || areaMu > openMu + ROUNDING_MU) throw this.requestTaken(request, openMu);
    left.set(request.id, Math.round((openMu - areaMu) * 10) / 10);
    const { division, lngLat, fields, pricePerMu, from, to, contactName, contactPhone } = request;
    const unit = this.deps.registry.divisions.get(division)?.name ?? division;
    return { division, placeName: `${unit}${request.village}`, lngLat, fields, areaMu, pricePerMu, from, to, contactName, contactPhone };
  }

  private machineTaken(machine: string): Refusal {
    const plate = this.deps.registry.machines.get(machine)?.plate ?? machine;
    const last = this.deps.ledger.assignmentOf(machine);
    if (!last) return new Refusal('conflict', `machineTaken: ${plate} is not as it was; look at it again`, { values: { machine, plate } });
    const { what, by, at } = last;
    const sentence = what === 'offered' ? `was given an order by ${by}` : `has declined an order (${by})`;
    const values = { machine, plate, what, by, at };
    return new Refusal('conflict', `machineTaken: ${plate} ${sentence}, ${clockOf(at)}; look at it again`, { values });
  }

  private requestTaken(request: StoredRequest, openMu = 0): Refusal {
    const { ledger, registry } = this.deps;
    const last = ledger
      .ordersOf(request.id)
      .filter(order => order.state !== 'declined' && order.state !== 'withdrawn')
      .sort((a, b) => (a.times.offered ?? 0) - (b.times.offered ?? 0))
      .at(-1);
    const place = `${registry.divisions.get(request.division)?.name ?? request.division}${request.village}`;
    const plate = last ? (registry.machines.get(last.machine)?.plate ?? last.machine) : '';
    const at = last?.times.offered ?? 0;
    const who = last ? `: ${last.author} gave ${plate} ${last.areaMu} mu of it, ${clockOf(at)}` : '';
    const values = { request: request.id, place, openMu, ...(last && { plate, by: last.author, at }) };
    return new Refusal('conflict', `requestTaken: only ${openMu} mu of ${place} are open${who}`, { values });
  }

  private cancelled({ id, cancelled }: StoredRequest): Refusal {
    const { by, at, reason } = cancelled!;
    const values = { request: id, by, at, reason };
    return new Refusal('conflict', `requestCancelled: ${by} cancelled it, ${clockOf(at)} (${reason})`, { values });
  }
}
