import { plainPlate } from '../../shared/plate.ts';
import type { Repair, RepairCall, RepairChanges, RepairLog, RepairShown } from '../../shared/repair.ts';
import { type RepairStep, timesOf, withSteps, withTimes } from '../../shared/repair-steps.ts';
import { Refusal } from '../../shared/reply.ts';
import { mergedInto, overlap } from '../domain/repair-merge.ts';
import { wrongSteps, wrongTimes } from '../domain/repair-times.ts';
import type { ClosedQuery, RepairStore, StoredRepair } from '../stores/repairs.ts';
import type { LiveFleet } from './live-fleet.ts';
import type { Registry } from './registry.ts';
import { RepairPlace } from './repair-place.ts';

const MOST_A_PAGE = 50;
const MOST_RECENT = 12;

/** `before` is null when it is new; both are the same when the request had been answered before. */
export interface RepairChange {
  before: StoredRepair | null;
  after: StoredRepair;
}

/** A repair before it is stored. */
export type RepairDraft = Omit<StoredRepair, 'photos' | 'version'>;

export interface RepairEdit {
  /** What the changes were made on. */
  version: number;
  changes: RepairChanges;
}

const noEffort = { team: '', mechanic: '', hours: null, costYuan: null, reworkOf: null };

/** Repairs from call to end. The open ones are held in memory, as the live fleet needs them; the closed ones stay in the database. */
export class Repairs {
  private readonly open = new Map<string, StoredRepair>();
  private lane: Promise<unknown> = Promise.resolve();
  private readonly places: RepairPlace;
  /** Told after a repair was saved: the stations and units of before and after. */
  onChange: (stations: readonly string[], units: readonly string[]) => void = () => undefined;

  /** Parts from the shelves. */
  usedFor: (repair: string) => RepairShown['used'] = () => [];

  constructor(private readonly deps: { store: RepairStore; registry: Registry; fleet: LiveFleet; now: () => number }) {
    this.places = new RepairPlace(deps.registry, deps.fleet);
  }

  async load(): Promise<void> {
    for (const repair of await this.deps.store.open()) this.take(null, repair);
  }

  async find(id: string): Promise<StoredRepair> {
    const repair = this.open.get(id) ?? (await this.deps.store.find(id));
    if (!repair) throw new Refusal('notFound', `there is no repair ${id}`);
    return repair;
  }

  /** The oldest one of a machine that is not back; null: it is not in repair. */
  openOf = (machine: string): StoredRepair | null => this.openList({ machine, text: '' }).find(({ backAt }) => backAt === null) ?? null;

  /** What is in work or waits at each station; one that was tested and only wants closing is no load. */
  openByStation(): ReadonlyMap<string, readonly StoredRepair[]> {
    const stations = new Map<string, StoredRepair[]>();
    for (const repair of this.open.values()) {
      if (repair.station === null || repair.backAt !== null) continue;
      const known = stations.get(repair.station);
      if (known) known.push(repair);
      else stations.set(repair.station, [repair]);
    }
    return stations;
  }

  machinesInRepairAt = (at: number): Promise<string[]> => this.deps.store.machinesAt(at);

  /** The station with the most open repairs; null: there are none. */
  busiestStation(): string | null {
    const counts = new Map<string, number>();
    for (const { station } of this.open.values()) if (station !== null) counts.set(station, (counts.get(station) ?? 0) + 1);
    return [...counts].reduce<[string, number] | null>((best, one) => (best && best[1] >= one[1] ? best : one), null)?.[0] ?? null;
  }

  /** From the cab. A phone's clock that is ahead does not put the call into the future. */
  async call(machine: string, call: RepairCall, author: string): Promise<RepairChange> {
    const known = await this.known(call.id);
    if (known) return this.again(known, call.id, machine);
    const { plate } = this.places.named(machine, '');
    const lngLat = call.lngLat ?? this.places.lastPlace(machine);
    const station = this.places.stationFor(lngLat, this.deps.registry.machines.get(machine))?.id ?? null;
    const calledAt = Math.min(call.calledAt, this.deps.now());
    const draft = { ...call, calledAt, machine, plate, station, lngLat, source: 'cab' as const, parts: '', author };
    const division = this.places.divisionFor(draft);
    const steps: RepairStep[] = [{ stage: 'called', at: calledAt, by: author }];
    const units = this.places.unitsOf({ ...draft, division });
    return this.create({ ...draft, ...noEffort, ...timesOf(steps), steps, alsoLogged: [], division, units });
  }

  /** What a log would become, before it is asked whether its author may: nothing is saved. */
  draftOf({ addSteps = [], ...log }: RepairLog, author: string): RepairDraft {
    const named = this.places.named(log.machine, log.plate);
    const given = log.station === null ? null : this.places.stationOf(log.station);
    const lngLat = log.lngLat ?? this.places.presentPlace(named.machine) ?? given?.location ?? this.places.lastPlace(named.machine);
    const station =
      given ?? this.places.stationFor(lngLat, named.machine === null ? undefined : this.deps.registry.machines.get(named.machine));
    this.needTimes(log);
    const by = { by: author, now: this.deps.now() };
    const { calledAt, startedAt, finishedAt } = log;
    const timed = withTimes([{ stage: 'called', at: calledAt, by: author }], { ...(startedAt !== null && { startedAt }) }, by);
    const ended = withTimes(withSteps(timed, addSteps, author), { ...(finishedAt !== null && { finishedAt }) }, by);
    const stepped = this.checked(ended);
    const draft = { ...noEffort, ...log, ...named, ...stepped, lngLat, station: station?.id ?? null, source: 'station' as const, author };
    const division = this.places.divisionFor(draft);
    return { ...draft, alsoLogged: [], division, units: this.places.unitsOf({ ...draft, division }) };
  }

  async log(draft: RepairDraft): Promise<RepairChange> {
    const known = await this.known(draft.id);
    return known ? this.again(known, draft.id, draft.machine, draft.station) : this.create(draft);
  }

  /** The same changes once more are a retry; others on an old version are a conflict. */
  async edit(id: string, { version, changes: { addSteps = [], ...changes } }: RepairEdit, author: string): Promise<RepairChange> {
    const before = await this.find(id);
    const named =
      changes.machine !== undefined || changes.plate !== undefined
        ? this.places.named(changes.machine ?? null, changes.plate ?? before.plate)
        : {};
    const wanted = { ...changes, ...named };
    if (changes.station === null) throw new Refusal('invalid', 'station: say to which station it goes');
    if (changes.station !== undefined) this.places.stationOf(changes.station);
    const merged = { ...before, ...wanted };
    const isThere = (step: { stage: string; at: number }) => before.steps.some(({ stage, at }) => stage === step.stage && at === step.at);
    if (before.version !== version) {
      const isSame = Object.keys(wanted).every(key => merged[key as keyof Repair] === before[key as keyof Repair]);
      if (isSame && addSteps.every(isThere)) return { before, after: before };
      throw changedMeanwhile(before.version);
    }
    this.needTimes(merged);
    const by = { by: author, now: this.deps.now() };
    const stepped = this.checked(withSteps(withTimes(before.steps, changes, by), addSteps, author));
    const edited = { ...wanted, ...stepped, units: this.places.unitsOf(merged) };
    const after = await this.save(before, () => this.deps.store.change(id, version, edited));
    if (!after) throw changedMeanwhile((await this.find(id)).version);
    return { before, after };
  }

  async list(of: ClosedQuery, state: 'open' | 'closed', from: number): Promise<{ total: number; repairs: RepairShown[] }> {
    if (state === 'closed') {
      const { total, repairs } = await this.deps.store.closed(of, from, MOST_A_PAGE);
      return { total, repairs: repairs.map(this.shown) };
    }
    const open = this.openList(of);
    return { total: open.length, repairs: open.slice(from, from + MOST_A_PAGE).map(this.shown) };
  }

  /** All of a machine, wherever they were done, the latest first. */
  ofMachine = async (machine: string): Promise<RepairShown[]> => (await this.deps.store.ofMachine(machine, MOST_A_PAGE)).map(this.shown);

  /** Something that is shown with it changed. */
  announce = (repair: StoredRepair): void => this.onChange(repair.station === null ? [] : [repair.station], repair.units);

  async recentMachines(station: string | null): Promise<string[]> {
    return station === null ? [] : this.deps.store.recentMachines(station, MOST_RECENT);
  }

  shown = ({ units: _, ...repair }: StoredRepair): RepairShown => {
    const machine = repair.machine === null ? undefined : this.deps.registry.machines.get(repair.machine);
    const station = this.deps.registry.stations.find(one => one.id === repair.station);
    const used = this.usedFor(repair.id);
    const names = { stationName: station?.name ?? null, operatorName: machine?.operatorName ?? null };
    return { ...repair, ...names, kind: machine?.kind ?? null, used };
  };

  /** Saves and publishes, one change after the other: what is held is never older than what is stored. Null: nothing was saved. */
  save(before: StoredRepair | null | (() => StoredRepair | null), write: () => Promise<StoredRepair | null>): Promise<StoredRepair | null> {
    const turn = this.lane.then(async () => {
      const after = await write();
      if (after) this.publish(typeof before === 'function' ? before() : before, after);
      return after;
    });
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  private publish(before: StoredRepair | null, after: StoredRepair): void {
    this.take(before, after);
    const both = before ? [before, after] : [after];
    const stations = both.flatMap(({ station }) => (station === null ? [] : [station]));
    this.onChange([...new Set(stations)], [...new Set(both.flatMap(({ units }) => units))]);
  }

  /** A machine has one repair at a time: a second call or entry goes into the one that is there, whichever came first. */
  private async create(draft: RepairDraft): Promise<RepairChange> {
    let first: StoredRepair | null = null;
    const after = await this.save(
      () => first,
      async () => {
        first = await this.sameMachineAtOnce(draft);
        if (!first) {
          const added = { ...draft, photos: [], version: 1 };
          return (await this.deps.store.add(added)) ? added : null;
        }
        const merged = mergedInto(first, draft);
        if (!merged) throw new Refusal('conflict', 'machine: its open repair has taken in too many entries; close it first');
        return this.deps.store.change(first.id, first.version, merged);
      },
    );
    if (after) return { before: first, after };
    // Somebody wrote the same id, or changed that repair, in between.
    const known = await this.known(draft.id);
    return known ? this.again(known, draft.id, draft.machine) : this.create(draft);
  }

  private async sameMachineAtOnce(draft: RepairDraft): Promise<StoredRepair | null> {
    const isSame = (repair: StoredRepair) =>
      draft.machine === null
        ? repair.machine === null && plainPlate(repair.plate) === plainPlate(draft.plate)
        : repair.machine === draft.machine;
    for (const repair of this.open.values()) if (isSame(repair) && overlap(repair, draft)) return repair;
    if (draft.machine === null) return null;
    return (await this.deps.store.overSince(draft.machine, draft.calledAt)).find(repair => overlap(repair, draft)) ?? null;
  }

  private known = async (id: string): Promise<StoredRepair | null> =>
    (await this.deps.store.find(id)) ?? (await this.deps.store.thatTookIn(id));

  /** An id that is taken: by the same repair, sent again, or by another. */
  private again(known: StoredRepair, id: string, machine: string | null, station?: string | null): RepairChange {
    const isSame = known.machine === machine && (station === undefined || known.station === station || known.id !== id);
    if (!isSame) throw new Refusal('conflict', 'id: another repair has it; make a new one');
    return { before: known, after: known };
  }

  private needTimes(times: Pick<Repair, 'calledAt' | 'startedAt' | 'finishedAt'>): void {
    const wrong = wrongTimes(times, this.deps.now());
    if (wrong !== null) throw new Refusal('invalid', wrong);
  }

  /** Steps as they are stored, and what follows from them. A clock that is a little ahead does not put any into the future. */
  private checked(steps: readonly RepairStep[]): Pick<Repair, 'steps' | 'calledAt' | 'startedAt' | 'backAt' | 'finishedAt'> {
    const now = this.deps.now();
    const wrong = wrongSteps(steps, now);
    if (wrong !== null) throw new Refusal('invalid', wrong);
    const stored = steps.map(step => ({ ...step, at: Math.min(step.at, now) }));
    return { steps: stored, ...timesOf(stored) };
  }

  private openList({ station, unit, machine, text }: ClosedQuery): StoredRepair[] {
    const words = text.toLowerCase();
    return [...this.open.values()]
      .filter(repair => station === undefined || repair.station === station)
      .filter(repair => machine === undefined || repair.machine === machine)
      .filter(repair => unit === undefined || repair.units.includes(unit))
      .filter(repair => [repair.plate, repair.note, repair.parts].some(part => part.toLowerCase().includes(words)))
      .sort((a, b) => a.calledAt - b.calledAt || (a.id < b.id ? -1 : 1));
  }

  private take(before: StoredRepair | null, after: StoredRepair): void {
    if (after.finishedAt === null) this.open.set(after.id, after);
    else this.open.delete(after.id);
    for (const machine of new Set([before?.machine, after.machine])) {
      if (machine) this.deps.fleet.setInRepair(machine, this.openOf(machine)?.calledAt ?? null);
    }
  }
}

const changedMeanwhile = (version: number): Refusal =>
  new Refusal(
    'conflict',
    `version: somebody else changed this repair meanwhile, it is at version ${version}; look at both, then send again`,
  );

/** The audit trail's view of a repair. */
export const asAudited = (repair: StoredRepair | null): Repair | null => {
  if (!repair) return null;
  const { units: _, ...rest } = repair;
  return rest;
};
