import type { MachineRow } from '../../shared/contract.ts';
import type { Fix } from '../../shared/fix.ts';
import type { LngLat, WorkState } from '../../shared/registry.ts';
import type { FoldedOutbox } from './fold.ts';
import type { MachineCounts } from './progress.ts';
import type { Registry } from './registry.ts';

/** Without a fix for so long (season time) a machine is shown as offline. */
const OFFLINE_AFTER_MS = 10 * 60_000;

export interface LiveMachine {
  id: string;
  lngLat: LngLat;
  headingDeg: number | null;
  speedKmh: number | null;
  fixTime: number;
  state: WorkState;
  stateSince: number | null;
  fieldId: string | null;
  /** It works, and no field is known there. */
  isOnOpenGround: boolean;
  /** The county where it is now; null outside the city. */
  county: string | null;
}

const noCounts = () => ({ registered: 0, online: 0, working: 0, inRepair: 0, available: 0, withTerminal: 0 });

/** Where every machine is now: the place with the newest fix time wins, whether it came stored or by the live lane. */
export class LiveFleet implements MachineCounts {
  readonly machines = new Map<string, LiveMachine>();
  private readonly stale = new Set<string>();
  private changed = new Set<string>();
  /** Since when. */
  private readonly inRepair = new Map<string, number>();
  private counts = new Map<string, ReturnType<typeof noCounts>>();
  /** Since when an outbox's machine works outside of every field; null: it does not. */
  openSince: (machine: string, outbox: string) => number | null = () => null;

  constructor(
    private readonly registry: Registry,
    private readonly now: () => number,
  ) {}

  /** After a batch was folded. */
  moved({ machine, outbox, fold }: FoldedOutbox): void {
    const fix = fold.last;
    if (!fix) return;
    const since = fold.fieldId === null ? this.openSince(machine, outbox) : null;
    // Where no boundary says so the fold knows of no work: a machine that moves there works.
    const isFound = since !== null && fold.workState === 'travelling';
    this.place(machine, fix, isFound ? 'working' : fold.workState, isFound ? since : fold.stateSince, fold.fieldId);
    this.machines.get(machine)!.isOnOpenGround = since !== null && (isFound || fold.workState === 'working');
  }

  /** The live lane: for the eye only. */
  seen(machine: string, fix: Fix): void {
    const before = this.machines.get(machine);
    this.place(machine, fix, before?.state ?? 'travelling', before?.stateSince ?? null, before?.fieldId ?? null);
  }

  /** A repair of the machine was opened, or its last one closed (null): its row says so with the next tick. */
  setInRepair(machine: string, since: number | null): void {
    if ((this.inRepair.get(machine) ?? null) === since) return;
    if (since === null) this.inRepair.delete(machine);
    else this.inRepair.set(machine, since);
    if (this.machines.has(machine)) this.changed.add(machine);
  }

  isInRepair = (machine: string): boolean => this.inRepair.has(machine);

  /** Machines whose row changed since the last call, those that fell silent included. */
  takeChanged(): LiveMachine[] {
    const before = this.now() - OFFLINE_AFTER_MS;
    for (const live of this.machines.values()) {
      if (live.fixTime >= before || this.stale.has(live.id)) continue;
      this.stale.add(live.id);
      this.changed.add(live.id);
    }
    const changed = [...this.changed].map(id => this.machines.get(id)!);
    this.changed = new Set();
    for (const live of changed) live.county = this.registry.countyAt(live.lngLat[0], live.lngLat[1], live.county);
    return changed;
  }

  stateOf = (live: LiveMachine): WorkState => (live.fixTime < this.now() - OFFLINE_AFTER_MS ? 'offline' : live.state);

  row = (live: LiveMachine): MachineRow => [
    live.id,
    live.lngLat[0],
    live.lngLat[1],
    live.headingDeg,
    this.stateOf(live),
    live.fixTime,
    live.speedKmh,
    live.fieldId,
    live.county,
    this.inRepair.has(live.id),
    this.shownSince(live),
  ];

  private shownSince(live: LiveMachine): number | null {
    return this.inRepair.get(live.id) ?? (this.stateOf(live) === 'offline' ? live.fixTime : live.stateSince);
  }

  /** Whether a unit shows the machine: it belongs there, or is there now. */
  concerns(live: LiveMachine, division: string): boolean {
    const home = this.registry.machines.get(live.id)?.division;
    return (
      (home !== undefined && this.registry.chain(home).includes(division)) ||
      (live.county !== null && this.registry.chain(live.county).includes(division))
    );
  }

  countsOf = (division: string) => this.counts.get(division) ?? noCounts();

  /** One pass over the machines for all units; with every tick. */
  recount(): void {
    this.counts = new Map();
    for (const machine of this.registry.machines.values()) {
      const live = this.machines.get(machine.id);
      const state = live ? this.stateOf(live) : 'offline';
      const inRepair = this.inRepair.has(machine.id);
      for (const code of this.registry.chain(machine.division)) {
        let counts = this.counts.get(code);
        if (!counts) {
          counts = noCounts();
          this.counts.set(code, counts);
        }
        counts.registered++;
        if (machine.hasTerminal) counts.withTerminal++;
        if (state !== 'offline') counts.online++;
        if (inRepair) counts.inRepair++;
        else if (state !== 'offline') counts.available++;
        if (!inRepair && (state === 'working' || state === 'turning')) counts.working++;
      }
    }
  }

  /** Written in place: one object for each machine, not one for each report. */
  private place(id: string, fix: Fix, state: WorkState, stateSince: number | null, fieldId: string | null): void {
    const live = this.machines.get(id) ?? this.arrive(id, fix);
    if (live.fixTime > fix.fixTime) return;
    live.lngLat[0] = fix.lng;
    live.lngLat[1] = fix.lat;
    live.headingDeg = fix.headingDeg ?? live.headingDeg;
    live.speedKmh = fix.speedKmh;
    live.fixTime = fix.fixTime;
    live.state = state;
    live.stateSince = stateSince;
    live.fieldId = fieldId;
    this.changed.add(id);
    this.stale.delete(id);
  }

  private arrive(id: string, { lng, lat, fixTime }: Fix): LiveMachine {
    const county = this.registry.countyAt(lng, lat, null);
    const nothingKnown = {
      headingDeg: null,
      speedKmh: null,
      state: 'idle' as const,
      stateSince: null,
      fieldId: null,
      isOnOpenGround: false,
    };
    const live: LiveMachine = { id, lngLat: [lng, lat], fixTime, county, ...nothingKnown };
    this.machines.set(id, live);
    return live;
  }
}
