import { createHash } from 'node:crypto';
import type { PermitVerdict, ShownPermit } from '../../../shared/permit.ts';
import { permitFaultsOf } from '../../../shared/permit-check.ts';
import { plainPlate } from '../../../shared/plate.ts';
import type { CheckIn, Expected, Visit, VisitEntry, VisitEntryInput, VisitShown } from '../../../shared/reception.ts';
import { type Machine, machineIdSchema, type Station } from '../../../shared/registry.ts';
import { Refusal } from '../../../shared/reply.ts';
import { dayOf } from '../../../shared/season.ts';
import { isAwaited } from '../../domain/reception/counts.ts';
import { goneFrom, visitsOf } from '../../domain/reception/visits.ts';
import type { ReceptionStore, Stay } from '../../stores/reception.ts';
import type { RegistryStore } from '../../stores/registry.ts';
import { DEFAULT_WIDTH_M } from '../enrolment.ts';
import { idOfPlate } from '../imports/machines.ts';
import type { OrderLedger } from '../order-ledger.ts';
import type { Registry } from '../registry.ts';
import type { Permits } from './permits.ts';

const MOST_DEPARTED = 100;
/** A clock that is ahead by no more than this is taken at its word, ms. */
const CLOCK_AHEAD_MS = 10 * 60_000;

interface Known {
  stay: Stay;
  visits: Visit[];
}

/** Machines from elsewhere, as the stations wrote of them. Those of the season are held in memory; each entry is stored before it shows. */
export class Visits {
  private readonly stays = new Map<string, Known>();
  /** By every id that a writer ever gave a visit. */
  private readonly keyOf = new Map<string, string>();
  private readonly expected = new Map<string, Expected>();
  private lane: Promise<unknown> = Promise.resolve();
  /** Told of machines that are new on the list. */
  onMachine: (machine: Machine) => void = () => undefined;

  constructor(
    private readonly deps: {
      store: ReceptionStore;
      machines: RegistryStore;
      registry: Registry;
      ledger: Pick<OrderLedger, 'liveOf'>;
      permits: Permits;
      now: () => number;
    },
  ) {}

  async load(year: number | null): Promise<void> {
    this.stays.clear();
    this.keyOf.clear();
    this.expected.clear();
    if (year === null) return;
    for (const stay of await this.deps.store.staysOf(year)) this.take(stay);
    for (const row of await this.deps.store.expectedOf(year)) this.expected.set(row.id, row);
  }

  find(id: string): Visit {
    const visit = this.known(id);
    if (!visit) throw new Refusal('notFound', `there is no visit ${id}`);
    return visit;
  }

  known(id: string): Visit | null {
    const known = this.stays.get(this.keyOf.get(id) ?? '');
    const first = known?.stay.entries.find(entry => entry.visit === id && entry.kind === 'arrived');
    if (!known || !first) return null;
    // The one that its check-in was taken into: the last that had begun by then.
    return known.visits.filter(visit => visit.arrivedAt <= first.at).at(-1) ?? null;
  }

  *all(): Iterable<Visit> {
    for (const { visits } of this.stays.values()) yield* visits;
  }

  /** Who wrote what about which machine, to be let in first: the stations and units that it is of. */
  subjectOf(input: VisitEntryInput): { stations: string[]; divisions: string[] } {
    if (input.kind === 'arrived') {
      const station = this.stationOf(input.checkIn.station);
      return { stations: [station.id], divisions: [station.division] };
    }
    return this.reachOf(this.known(input.visit));
  }

  reachOf(visit: Visit | null): { stations: string[]; divisions: string[] } {
    return visit ? { stations: visit.stations, divisions: visit.stations.map(id => this.divisionOf(id)) } : { stations: [], divisions: [] };
  }

  /** Both are the same when it was there already. */
  record(input: VisitEntryInput, by: { author: string; station: string | null }): Promise<{ before: Visit | null; after: Visit }> {
    const turn = this.lane.then(() => this.recordNow(input, by));
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  private async recordNow(input: VisitEntryInput, by: { author: string; station: string | null }) {
    const { registry, store, now } = this.deps;
    const year = registry.season?.year;
    if (year === undefined) throw new Refusal('notFound', 'there is no season yet');
    const before = this.known(input.visit);
    if (input.kind !== 'arrived' && !before)
      throw new Refusal('notFound', `visit: there is no visit ${input.visit}; check the machine in first`);
    if (input.at > now() + CLOCK_AHEAD_MS) throw new Refusal('invalid', 'at: lies in the future; set the clock of this device');
    if (input.kind === 'departed' && before && input.at < before.arrivedAt) throw new Refusal('invalid', 'at: lies before the arrival');
    if (before && this.stays.get(this.keyOf.get(input.visit)!)?.stay.entries.some(({ id }) => id === input.id))
      return { before, after: before };
    if (input.kind === 'replated') return { before, after: await this.replate(input, before!, by) };
    const stay = await this.stayFor(input, year);
    if (input.kind === 'arrived' && (this.keyOf.get(input.visit) ?? stay.key) !== stay.key)
      throw new Refusal('conflict', 'visit: another machine has this id; check it in anew');
    const verdict = input.kind === 'permit' && before ? { verdict: await this.verdictOn(input.permit, before, input.at) } : {};
    const entry: VisitEntry = { ...input, ...verdict, at: Math.min(input.at, now()), ...by, receivedAt: now() };
    this.take(await store.add(stay, entry));
    return { before, after: this.find(input.visit) };
  }

  /** What was written under the wrong plate goes over to the machine with the right one, and stays on record where it was. */
  private async replate(input: VisitEntryInput & { kind: 'replated' }, visit: Visit, by: { author: string; station: string | null }) {
    const { store, ledger, now } = this.deps;
    const from = this.stays.get(this.keyOf.get(input.visit)!)!.stay;
    const plate = plainPlate(input.plate);
    if (plate === '' || plate === from.plate) throw new Refusal('invalid', 'plate: type the one that it should have been');
    if (from.machine !== null && ledger.liveOf(from.machine).length > 0)
      throw new Refusal('conflict', 'order: it has an order under the plate before; withdraw or end that first');
    const moved = [...new Set(from.entries.map(one => one.visit))].filter(id => this.known(id)?.id === visit.id);
    const entry: VisitEntry = { ...input, at: Math.min(input.at, now()), ...by, receivedAt: now(), from: visit.plate, moved };
    const key = `${from.year}:${plate}`;
    const machine = this.stays.get(key)?.stay.machine ?? (await this.machineFor({ ...visit, plate: input.plate }, plate)).id;
    const copies: VisitEntry[] = [];
    for (const one of from.entries.filter(({ visit: of }) => moved.includes(of)))
      copies.push(
        one.kind === 'permit' ? { ...one, verdict: await this.verdictOn(one.permit, { ...visit, plate: input.plate }, one.at) } : one,
      );
    const after = await store.move({ from: from.key, to: { key, year: from.year, plate, machine }, entries: [...copies, entry], entry });
    for (const stay of after) this.take(stay);
    return this.find(input.visit);
  }

  /** Of the entry's machine; one that is on no list comes onto it with its check-in. */
  private async stayFor(input: VisitEntryInput, year: number): Promise<Omit<Stay, 'entries'>> {
    const known = input.kind === 'arrived' ? undefined : this.stays.get(this.keyOf.get(input.visit)!)?.stay;
    if (known) return { key: known.key, year, plate: known.plate, machine: known.machine };
    const { checkIn } = input as VisitEntryInput & { kind: 'arrived' };
    const plate = plainPlate(checkIn.plate);
    if (plate === '') throw new Refusal('invalid', 'plate: say which machine it is');
    const key = `${year}:${plate}`;
    const there = this.stays.get(key)?.stay;
    return { key, year, plate, machine: there?.machine ?? (await this.machineFor(checkIn, plate)).id };
  }

  private async machineFor(checkIn: CheckIn, plate: string): Promise<Machine> {
    const { registry, machines } = this.deps;
    for (const machine of registry.machines.values()) if (plainPlate(machine.plate) === plate) return machine;
    const machine = visitorOf(checkIn, this.freeId(checkIn.plate, plate), this.divisionOf(checkIn.station));
    const added = (await machines.addMachine(machine)) ? machine : (await machines.machine(machine.id))!;
    registry.addMachine(added);
    this.onMachine(added);
    return added;
  }

  /** Made of the plate, so that whoever writes it first makes the same one; of its letters, unless that is another machine's. */
  private freeId(typed: string, plain: string): string {
    const id = idOfPlate(typed);
    return machineIdSchema.safeParse(id).success && !this.deps.registry.machines.has(id) ? id : hashedId(plain);
  }

  private async verdictOn(permit: ShownPermit, visit: Visit, at: number): Promise<PermitVerdict> {
    const shower = { plate: visit.plate, holder: visit.holder, operation: operationOf(visit.kind), day: dayOf(at) };
    const faults = permitFaultsOf(permit, shower);
    const own = await this.deps.permits.judgeOwn(permit);
    return own === null ? { faults, source: 'shapeOnly' } : { faults: [...faults, ...own], source: 'own' };
  }

  async putExpected(rows: readonly Expected[]): Promise<void> {
    await this.deps.store.putExpected(rows);
    for (const row of rows) this.expected.set(row.id, row);
  }
  expectedOne = (id: string): Expected | undefined => this.expected.get(id);
  expectedAll = (): Iterable<Expected> => this.expected.values();

  /** Who has not come yet, of some stations, the earliest day first. */
  awaited(within: (station: string) => boolean): (Expected & { stationName: string })[] {
    const today = dayOf(this.deps.now());
    return [...this.expected.values()]
      .filter(({ station }) => within(station))
      .filter(row => isAwaited(row, this.stays.get(`${row.year}:${plainPlate(row.plate)}`)?.visits ?? [], today))
      .map(row => ({ ...row, stationName: this.nameOf(row.station) }))
      .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.plate < b.plate ? -1 : 1));
  }

  listed(within: (visit: Visit) => boolean): { present: VisitShown[]; departed: VisitShown[] } {
    const visits = [...this.all()].filter(within);
    const present = visits.filter(({ departedAt }) => departedAt === null).sort((a, b) => b.arrivedAt - a.arrivedAt);
    const departed = visits.filter(({ departedAt }) => departedAt !== null).sort((a, b) => b.departedAt! - a.departedAt!);
    return { present: present.map(this.shown), departed: departed.slice(0, MOST_DEPARTED).map(this.shown) };
  }

  shown = (visit: Visit): VisitShown => {
    const next = visit.machine === null ? undefined : this.deps.ledger.liveOf(visit.machine)[0];
    return {
      ...visit,
      stationName: this.nameOf(visit.station),
      divisionName: this.deps.registry.divisions.get(visit.division)?.name ?? '',
      order: next ? { id: next.id, placeName: next.placeName, state: next.state } : null,
    };
  };

  stationOf(id: string): Station {
    const station = this.deps.registry.stations.find(one => one.id === id);
    if (!station) throw new Refusal('invalid', `station: there is no station ${id}`);
    return station;
  }
  divisionOf = (id: string): string => this.deps.registry.stations.find(one => one.id === id)?.division ?? '';
  private nameOf = (id: string): string => this.deps.registry.stations.find(one => one.id === id)?.name ?? id;

  private take(stay: Stay): void {
    const visits = visitsOf(stay.entries, stay, this.divisionOf);
    const gone = goneFrom(stay.entries, stay.plate);
    this.stays.set(stay.key, { stay, visits });
    for (const entry of stay.entries) if (entry.kind === 'arrived' && !gone.has(entry.visit)) this.keyOf.set(entry.visit, stay.key);
  }
}

export const operationOf = (kind: Machine['kind']): 'harvest' | 'sow' => (kind === 'combine' ? 'harvest' : 'sow');

const hashedId = (plate: string): string => `KQ-${createHash('sha256').update(plate).digest('hex').slice(0, 12)}`;

const visitorOf = ({ plate, kind, holder, phone }: CheckIn, id: string, division: string): Machine => ({
  ...{ id, kind, plate, drive: 'wheeled', origin: 'crossRegion', division },
  ...{ operatorName: holder, operatorPhone: phone, hasTerminal: false },
  implements: [{ from: 0, operation: kind === 'tractor' ? null : operationOf(kind), workingWidthM: DEFAULT_WIDTH_M }],
});
