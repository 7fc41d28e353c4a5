import { type FuelBooking, type FuelChanges, type FuelLog, type FuelRequest, type FuelShown, fuelStateOf } from '../../shared/fuel.ts';
import { Refusal } from '../../shared/reply.ts';
import { wrongFuelSteps } from '../domain/fuel-steps.ts';
import type { FuelQuery, FuelStore, StoredFuel } from '../stores/fuel.ts';
import type { LiveFleet } from './live-fleet.ts';
import type { Registry } from './registry.ts';
import { RepairPlace } from './repair-place.ts';

const MOST_A_PAGE = 50;
/** A phone shows for so long that fuel came, or will not. */
const SHOWN_CLOSED_MS = 3 * 3_600_000;

/** `before` is null when it is new; both are the same when the request had been answered before. */
export interface FuelChange {
  before: StoredFuel | null;
  after: StoredFuel;
}

/** Fuel bookings from the request to the delivery. The open ones are held in memory; the closed ones stay in the database. */
export class Fuel {
  private readonly open = new Map<string, StoredFuel>();
  private readonly closedLately = new Map<string, StoredFuel>();
  private lane: Promise<unknown> = Promise.resolve();
  private readonly places: RepairPlace;
  /** Told after a booking was saved. */
  onChange: (change: FuelChange) => void = () => undefined;

  constructor(private readonly deps: { store: FuelStore; registry: Registry; fleet: LiveFleet; now: () => number }) {
    this.places = new RepairPlace(deps.registry, deps.fleet);
  }

  async load(): Promise<void> {
    for (const booking of await this.deps.store.open()) this.open.set(booking.id, booking);
  }

  async find(id: string): Promise<StoredFuel> {
    const booking = this.open.get(id) ?? (await this.deps.store.find(id));
    if (!booking) throw new Refusal('notFound', `there is no fuel booking ${id}`);
    return booking;
  }

  /** The machine's open one, else one that was closed a short while ago; null: there is none. */
  ofInterest(machine: string, now: number): FuelShown | null {
    const latest = this.openList({ machine })[0] ?? this.closedLately.get(machine);
    if (!latest) return null;
    const closedAt = latest.deliveredAt ?? latest.refusedAt ?? now;
    return now - closedAt > SHOWN_CLOSED_MS ? null : this.shown(latest);
  }

  /** From the cab. A second one while the first is open is a conflict: the phone says what became of the first. */
  request(machine: string, request: FuelRequest, author: string): Promise<FuelChange> {
    return this.inTurn(async () => {
      const known = await this.deps.store.find(request.id);
      if (known) return again(known, machine);
      const [open] = this.openList({ machine });
      if (open) throw new Refusal('conflict', `open: ${open.litres} litres are asked for already`);
      const { plate } = this.places.named(machine, '');
      const lngLat = request.lngLat ?? this.places.lastPlace(machine);
      const station = this.places.stationFor(lngLat, this.deps.registry.machines.get(machine))?.id ?? null;
      return this.create({ ...request, machine, plate, lngLat, station, source: 'cab', author });
    });
  }

  /** What a log would become, before it is asked whether its author may: nothing is saved. */
  draftOf(log: FuelLog, author: string): Omit<StoredFuel, 'version'> {
    const named = this.places.named(log.machine, log.plate);
    const given = log.station === null ? null : this.places.stationOf(log.station);
    const lngLat = log.lngLat ?? this.places.lastPlace(named.machine) ?? null;
    const machine = named.machine === null ? undefined : this.deps.registry.machines.get(named.machine);
    const station = (given ?? this.places.stationFor(lngLat, machine))?.id ?? null;
    return this.drafted({ ...log, ...named, lngLat, station, source: 'station', author });
  }

  log(draft: Omit<StoredFuel, 'version'>): Promise<FuelChange> {
    return this.inTurn(async () => {
      const known = await this.deps.store.find(draft.id);
      return known ? again(known, draft.machine) : this.save(draft);
    });
  }

  /** The same changes once more are a retry; others on an old version are a conflict. */
  edit(id: string, version: number, changes: FuelChanges): Promise<FuelChange> {
    return this.inTurn(async () => {
      const before = await this.find(id);
      if (changes.station === null) throw new Refusal('invalid', 'station: say which station brings it');
      if (changes.station !== undefined) this.places.stationOf(changes.station);
      const merged = { ...before, ...changes };
      if (before.version !== version) {
        if (Object.keys(changes).every(key => merged[key as keyof FuelBooking] === before[key as keyof FuelBooking]))
          return { before, after: before };
        throw changedMeanwhile(before.version);
      }
      this.check(merged);
      const stored = { ...changes, units: this.places.unitsOf(merged), isClosed: isClosed(merged) };
      const after = await this.deps.store.change(id, version, stored);
      if (!after) throw changedMeanwhile((await this.find(id)).version);
      return this.published({ before, after });
    });
  }

  async list(of: FuelQuery, state: 'open' | 'closed', from: number): Promise<{ total: number; bookings: FuelShown[] }> {
    if (state === 'closed') {
      const { total, bookings } = await this.deps.store.closed(of, from, MOST_A_PAGE);
      return { total, bookings: bookings.map(this.shown) };
    }
    const open = this.openList(of);
    return { total: open.length, bookings: open.slice(from, from + MOST_A_PAGE).map(this.shown) };
  }

  shown = (stored: StoredFuel): FuelShown => {
    const booking = asAudited(stored);
    const machine = booking.machine === null ? undefined : this.deps.registry.machines.get(booking.machine);
    const station = this.deps.registry.stations.find(one => one.id === booking.station);
    return {
      ...booking,
      state: fuelStateOf(booking),
      stationName: station?.name ?? null,
      operatorName: machine?.operatorName ?? null,
    };
  };

  private openList({ station, unit, machine }: FuelQuery): StoredFuel[] {
    return [...this.open.values()]
      .filter(booking => station === undefined || booking.station === station)
      .filter(booking => machine === undefined || booking.machine === machine)
      .filter(booking => unit === undefined || booking.units.includes(unit))
      .sort((a, b) => a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1));
  }

  private create(draft: Parameters<Fuel['drafted']>[0]): Promise<FuelChange> {
    return this.save(this.drafted(draft));
  }

  private drafted(
    draft: FuelRequest & Pick<FuelBooking, 'machine' | 'plate' | 'station' | 'source' | 'author'>,
  ): Omit<StoredFuel, 'version'> {
    const division = this.places.divisionFor(draft);
    const fresh = { takenAt: null, setOutAt: null, deliveredAt: null, refusedAt: null, deliveredLitres: null, pricePerLitre: null };
    const requestedAt = Math.min(draft.requestedAt, this.deps.now());
    const booking = { ...draft, ...fresh, requestedAt, division, carrier: '', reason: '', isClosed: false };
    return { ...booking, units: this.places.unitsOf(booking) };
  }

  private async save(draft: Omit<StoredFuel, 'version'>): Promise<FuelChange> {
    const after: StoredFuel = { ...draft, version: 1 };
    this.check(after);
    if (!(await this.deps.store.add(after))) throw new Refusal('conflict', 'id: another booking has it; make a new one');
    return this.published({ before: null, after });
  }

  private check(booking: FuelBooking): void {
    const wrong = wrongFuelSteps(booking, this.deps.now());
    if (wrong !== null) throw new Refusal('invalid', wrong);
  }

  private published(change: FuelChange): FuelChange {
    const { after } = change;
    if (after.isClosed && after.machine !== null) this.closedLately.set(after.machine, after);
    if (after.isClosed) this.open.delete(after.id);
    else this.open.set(after.id, after);
    this.onChange(change);
    return change;
  }

  /** One change after the other: what is held is never older than what is stored. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lane.then(work);
    this.lane = turn.catch(() => undefined);
    return turn;
  }
}

const isClosed = ({ deliveredAt, refusedAt }: FuelBooking): boolean => deliveredAt !== null || refusedAt !== null;

/** An id that is taken: by the same booking, sent again, or by another. */
function again(known: StoredFuel, machine: string | null): FuelChange {
  if (known.machine !== machine) throw new Refusal('conflict', 'id: another booking has it; make a new one');
  return { before: known, after: known };
}

const changedMeanwhile = (version: number): Refusal =>
  new Refusal('conflict', `version: somebody else changed this booking meanwhile, it is at version ${version}; look, then send again`);

/** A booking as the audit trail and the pages see it. */
export const asAudited = ({ units: _, isClosed: __, ...booking }: StoredFuel): FuelBooking => booking;
