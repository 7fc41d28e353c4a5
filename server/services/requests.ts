import { isDeepStrictEqual } from 'node:util';
import type { LngLat } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import type { RequestSource, RequestState, WorkRequestInput, WorkRequestShown } from '../../shared/work-order.ts';
import { requestStates, workRequestInputSchema } from '../../shared/work-order.ts';
import { isLive, requestState, shareOf } from '../domain/work-order/request-state.ts';
import type { OrderStore, StoredOrder } from '../stores/orders.ts';
import type { Puts } from '../stores/registry.ts';
import type { RequestStore, StoredRequest } from '../stores/requests.ts';
import type { OrderGround } from './order-ground.ts';
import type { OrderLedger } from './order-ledger.ts';
import type { Registry } from './registry.ts';

const A_PAGE = 100;
const LONGEST_MS = 400 * 24 * 3_600_000;
/** A field that is covered but for so little needs no machine. */
const LEAST_MU = 0.1;
const inputKeys = Object.keys(workRequestInputSchema.shape) as (keyof WorkRequestInput)[];

/** `before` is null when it is new; both are the same when nothing changed. `orders`: those that went with it. */
export interface RequestChange {
  before: StoredRequest | null;
  after: StoredRequest;
  orders: { before: StoredOrder; after: StoredOrder }[];
}

export interface RequestQuery {
  division: string;
  state: RequestState | 'all';
  source?: RequestSource | undefined;
  operation?: WorkRequestInput['operation'] | undefined;
  q: string;
  from: number;
}

/** Work that was asked for. */
export class Requests {
  constructor(
    private readonly deps: {
      ledger: OrderLedger;
      store: RequestStore;
      orders: OrderStore;
      registry: Registry;
      ground: OrderGround;
      now: () => number;
    },
  ) {}

  find(id: string): StoredRequest {
    const request = this.deps.ledger.requests.get(id);
    if (!request) throw new Refusal('notFound', `there is no request ${id}`);
    return request;
  }

  known = (id: string): StoredRequest | null => this.deps.ledger.requests.get(id) ?? null;

  /** Where it lies; empty when there is none, which only those see who may see all. */
  divisionOf = (id: string): string => this.deps.ledger.requests.get(id)?.division ?? '';

  /** Mu that nobody has. */
  openMu = (request: StoredRequest): number => this.shares(request).openMu;

  /** Requests of a unit that want machines, the most urgent first. */
  openOf(division: string): StoredRequest[] {
    const open = this.within(division).filter(request => this.stateOf(request) === 'open');
    return open.sort(byUrgency);
  }

  stateOf = (request: StoredRequest): RequestState =>
    requestState(request, this.deps.ledger.ordersOf(request.id), this.deps.ground.uncoveredMu(request.fields, request.operation));

  put(input: WorkRequestInput, { version, author }: { version: number; author: string }): Promise<RequestChange> {
    return this.deps.ledger.inTurn(async () => {
      const { ledger, store } = this.deps;
      const before = ledger.requests.get(input.id) ?? null;
      if (before && saysTheSame(before, input)) return { before, after: before, orders: [] };
      if (before && version === 0) throw new Refusal('conflict', 'id: another request has it; make a new one');
      if ((before?.version ?? 0) !== version) throw changedMeanwhile(before?.version ?? 0);
      if (before?.cancelled) throw new Refusal('conflict', 'requestCancelled: it was cancelled; write a new one');
      const after = { ...this.resolved(input, before), ...this.stamp(before, author) };
      if (before) this.checkOrders(before, after);
      if (!before) await store.add(after);
      else if (!(await store.replace(after))) throw this.outrun(before.version);
      ledger.enter({ requests: [after] });
      return { before, after, orders: [] };
    });
  }

  /** Withdraws the orders that nobody has begun; a machine at work is to be spoken with first. */
  cancel(id: string, { version, reason, author }: { version: number; reason: string; author: string }): Promise<RequestChange> {
    return this.deps.ledger.inTurn(async () => {
      const { ledger, orders: store, now } = this.deps;
      const before = this.find(id);
      if (before.cancelled?.reason === reason) return { before, after: before, orders: [] };
      if (before.cancelled) throw new Refusal('conflict', 'requestCancelled: it was cancelled already');
      if (before.version !== version) throw changedMeanwhile(before.version);
      const live = ledger.ordersOf(id).filter(order => isLive(order.state));
      const working = live.find(order => order.state === 'working');
      if (working)
        throw new Refusal('conflict', `working: ${this.plate(working.machine)} is at work there; withdraw or end its order first`);
      const at = now();
      const after: StoredRequest = { ...before, cancelled: { at, by: author, reason }, version: version + 1 };
      const orders = live.map(order => ({ before: order, after: withdrawn(order, { at, reason }) }));
      const saved = await store.replace(
        orders.map(order => order.after),
        { request: after },
      );
      if (!saved) throw this.outrun(before.version);
      ledger.enter({ requests: [after], orders: orders.map(order => order.after) });
      return { before, after, orders };
    });
  }

  /** Those of the season that came as contracts. */
  contracts = (): StoredRequest[] => [...this.deps.ledger.requests.values()].filter(({ source }) => source === 'contract');

  /** What a contract would become, before anything is saved. */
  judged(input: WorkRequestInput, author: string): { state: 'new' | 'changed' | 'same'; request: StoredRequest } | { refused: string } {
    const before = this.deps.ledger.requests.get(input.id) ?? null;
    if (before && (before.cancelled || saysTheSame(before, input))) return { state: 'same', request: before };
    try {
      const after = { ...this.resolved(input, before), ...this.stamp(before, author) };
      if (before) this.checkOrders(before, after);
      return { state: before ? 'changed' : 'new', request: after };
    } catch (refusal) {
      if (refusal instanceof Refusal) return { refused: refusal.message };
      throw refusal;
    }
  }

  takeAll(requests: Puts<StoredRequest>): Promise<void> {
    const { ledger, store } = this.deps;
    return ledger.inTurn(async () => {
      // What was judged a moment ago must still be so.
      for (const { id, version } of requests.replaced)
        if (ledger.requests.get(id)?.version !== version - 1) throw changedMeanwhile(ledger.requests.get(id)?.version ?? 0);
      const replaced = requests.replaced.map(request => ({ ...request, given: ledger.requests.get(request.id)!.given }));
      await store.takeAll({ added: requests.added, replaced });
      ledger.enter({ requests: [...requests.added, ...replaced] });
    });
  }

  /** What was agreed last in this unit; null: nothing was. */
  lastPrice({ division, operation }: { division: string; operation: WorkRequestInput['operation'] }): number | null {
    let last: StoredRequest | null = null;
    for (const request of this.within(division))
      if (request.operation === operation && request.pricePerMu !== null && request.at >= (last?.at ?? 0)) last = request;
    return last?.pricePerMu ?? null;
  }

  list({ division, state, source, operation, q, from }: RequestQuery) {
    const counts = Object.fromEntries(requestStates.map(one => [one, 0])) as Record<RequestState, number>;
    const words = q.toLowerCase();
    const found: StoredRequest[] = [];
    for (const request of this.within(division)) {
      if (source !== undefined && request.source !== source) continue;
      if (operation !== undefined && request.operation !== operation) continue;
      if (words !== '' && !this.holds(request, words)) continue;
      const itsState = this.stateOf(request);
      counts[itsState]++;
      if (state === 'all' || state === itsState) found.push(request);
    }
    found.sort(byUrgency);
    return { asOf: this.deps.now(), total: found.length, counts, requests: found.slice(from, from + A_PAGE).map(this.shown) };
  }

  shown = (request: StoredRequest): WorkRequestShown => {
    const { year: _, given: __, ...plain } = request;
    return {
      ...plain,
      state: this.stateOf(request),
      divisionName: this.nameOf(request.division),
      ...this.shares(request),
      orders: this.deps.ledger.ordersOf(request.id).map(({ id, machine, state, areaMu }) => ({ id, machine, state, areaMu })),
    };
  };

  /** What was typed, with what the lists add: area and place of its fields, the middle of its village. */
  resolved(input: WorkRequestInput, before: StoredRequest | null): WorkRequestInput & Pick<StoredRequest, 'areaMu' | 'lngLat'> {
    const { registry } = this.deps;
    if (!registry.divisions.has(input.division)) throw new Refusal('invalid', `division: there is no unit ${input.division}`);
    if (input.to <= input.from) throw new Refusal('invalid', 'to: the work must end after it begins');
    if (input.to - input.from > LONGEST_MS) throw new Refusal('invalid', 'to: more than a year after it begins');
    if (input.leastWidthM !== null && input.mostWidthM !== null && input.leastWidthM > input.mostWidthM)
      throw new Refusal('invalid', 'mostWidthM: is less than the least width');
    return input.fields.length > 0 ? this.withFields(input, before) : this.withoutFields(input);
  }

  private withFields(input: WorkRequestInput, before: StoredRequest | null) {
    const { registry, ground } = this.deps;
    const ids = [...new Set(input.fields)];
    for (const id of ids) {
      const field = registry.fields.get(id);
      if (!field) throw new Refusal('invalid', `fields: there is no field ${id}`);
      if (!registry.chain(field.town).includes(input.division))
        throw new Refusal('invalid', `fields: ${id} does not lie in ${this.nameOf(input.division)}`);
    }
    const known = ground.fieldsOf(ids);
    const village = input.village || known[0].village;
    const place = { fields: ids, village, lngLat: ground.middleOfFields(known) };
    if (before && isDeepStrictEqual(before.fields, ids)) return { ...input, ...place, areaMu: before.areaMu };
    const areaMu = Math.round(ground.uncoveredMu(ids, input.operation)! * 10) / 10;
    if (areaMu < LEAST_MU) throw new Refusal('invalid', 'fields: nothing is left to be done in them');
    return { ...input, ...place, areaMu };
  }

  private withoutFields(input: WorkRequestInput) {
    if (input.areaMu === null) throw new Refusal('invalid', 'areaMu: say how many mu, or choose fields');
    const { ground } = this.deps;
    const lngLat: LngLat | null =
      input.lngLat ?? ground.villages.middleOf(input.division, input.village) ?? ground.middleOf(input.division);
    if (!lngLat) throw new Refusal('invalid', 'lngLat: nobody knows where this is; choose a field or a place on the map');
    return { ...input, areaMu: input.areaMu, lngLat };
  }

  private stamp(before: StoredRequest | null, author: string) {
    const year = this.deps.registry.season?.year;
    if (year === undefined) throw new Refusal('conflict', 'there is no season yet');
    if (before) return { at: before.at, author, cancelled: null, version: before.version + 1, year, given: before.given };
    return { at: this.deps.now(), author, cancelled: null, version: 1, year, given: 0 };
  }

  /** Machines are there for what was asked: that stays. */
  private checkOrders(before: StoredRequest, after: StoredRequest): void {
    const live = this.deps.ledger.ordersOf(before.id).filter(order => isLive(order.state));
    if (live.length === 0) return;
    for (const key of ['operation', 'division', 'fields'] as const)
      if (!isDeepStrictEqual(before[key], after[key]))
        throw new Refusal('conflict', `${key}: machines have orders for it; withdraw them first`);
    const heldMu = live.reduce((sum, order) => sum + order.areaMu, 0);
    if (after.areaMu < heldMu) throw new Refusal('conflict', `areaMu: ${heldMu} mu of it are with machines; withdraw an order first`);
  }

  private shares = (request: StoredRequest) =>
    request.cancelled
      ? { openMu: 0, doneMu: shareOf(request.areaMu, this.deps.ledger.ordersOf(request.id), null).doneMu }
      : shareOf(request.areaMu, this.deps.ledger.ordersOf(request.id), this.deps.ground.uncoveredMu(request.fields, request.operation));

  private within(division: string): StoredRequest[] {
    const { ledger, registry } = this.deps;
    return [...ledger.requests.values()].filter(request => registry.chain(request.division).includes(division));
  }

  private holds(request: StoredRequest, words: string): boolean {
    const texts = [request.village, request.contactName, request.contract ?? '', request.note, request.contactPhone];
    return [...texts, this.nameOf(request.division)].some(text => text.toLowerCase().includes(words));
  }

  private nameOf = (division: string): string => this.deps.registry.divisions.get(division)?.name ?? division;
  private plate = (machine: string): string => this.deps.registry.machines.get(machine)?.plate ?? machine;

  private outrun(version: number): Refusal {
    this.deps.ledger.mistrust();
    return changedMeanwhile(version);
  }
}

export const withdrawn = (order: StoredOrder, { at, reason }: { at: number; reason: string }): StoredOrder => ({
  ...order,
  state: 'withdrawn',
  times: { ...order.times, withdrawn: at },
  reason,
  version: order.version + 1,
});

const byUrgency = (a: StoredRequest, b: StoredRequest): number => a.to - b.to || b.areaMu - a.areaMu || (a.id < b.id ? -1 : 1);

/** What the lists have added since does not count. */
const saysTheSame = (stored: StoredRequest, input: WorkRequestInput): boolean =>
  inputKeys.every(
    key =>
      isDeepStrictEqual(stored[key], input[key]) ||
      ((key === 'areaMu' || key === 'lngLat') && (input[key] === null || input.fields.length > 0)) ||
      (key === 'village' && input.village === ''),
  );

export const changedMeanwhile = (version: number): Refusal =>
  new Refusal('conflict', `version: somebody else changed it meanwhile, it is at version ${version}; look at it again`);
