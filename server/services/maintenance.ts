import { type MaintenanceRow, type MaintenanceTask, type MaintenanceTick, maintenanceRules } from '../../shared/maintenance.ts';
import type { Machine, Station } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import { dueOf, hoursOf, type Worked } from '../domain/maintenance.ts';
import type { MaintenanceStore, StoredTick } from '../stores/maintenance.ts';
import type { Machines } from './machines.ts';
import { implementAt } from './nearest.ts';
import type { Registry } from './registry.ts';

const MOST_ROWS = 200;
const none: Worked = { mu: 0, hours: 0 };
const rank = { due: 0, soon: 1, good: 2 } as const;

/** Recurring care: what is due by what was measured, and who ticked it off. Ticks are of the season's year; the next begins with none. */
export class Maintenance {
  private readonly last = new Map<string, StoredTick>();

  constructor(private readonly deps: { store: MaintenanceStore; registry: Registry; machines: Machines; now: () => number }) {}

  async load(): Promise<void> {
    const year = this.deps.registry.season?.year;
    if (year === undefined) return;
    for (const tick of await this.deps.store.ofYear(year)) this.take(tick);
  }

  /** Every task of one machine. */
  ofMachine(machine: Machine): MaintenanceRow[] {
    const now = this.workedBy(machine);
    return maintenanceRules[machine.kind].map(rule => {
      const last = this.last.get(keyOf(machine.id, rule.task));
      const { id, plate, kind, operatorName } = machine;
      const about = { machine: id, plate, kind, operatorName, task: rule.task };
      return { ...about, ...dueOf(rule, now, last ?? none), last: last ? { at: last.at, by: last.by } : null };
    });
  }

  /** What a station will hear of: tasks that are due or will be soon, of machines of its county that worked. */
  forStation(station: Station): MaintenanceRow[] {
    const county = this.countyOf(station.division);
    const rows: MaintenanceRow[] = [];
    for (const machine of this.deps.registry.machines.values()) {
      if (this.countyOf(machine.division) !== county || !this.deps.machines.hasWorked(machine.id)) continue;
      rows.push(...this.ofMachine(machine).filter(({ state }) => state !== 'good'));
    }
    return rows.sort((a, b) => rank[a.state] - rank[b.state] || b.since / b.every - a.since / a.every).slice(0, MOST_ROWS);
  }

  /** What is due, the most overdue first. */
  duesOf = (machine: Machine): MaintenanceRow[] =>
    this.ofMachine(machine)
      .filter(({ state }) => state === 'due')
      .sort((a, b) => b.since / b.every - a.since / a.every);

  async tick(tick: MaintenanceTick, of: { by: string; station: string | null }): Promise<{ before: StoredTick | null; after: StoredTick }> {
    const machine = this.deps.machines.find(tick.machine);
    if (!maintenanceRules[machine.kind].some(rule => rule.task === tick.task))
      throw new Refusal('invalid', `task: a ${machine.kind} has no ${tick.task}`);
    const year = this.deps.registry.season?.year;
    if (year === undefined) throw new Refusal('conflict', 'there is no season yet');
    const before = this.last.get(keyOf(machine.id, tick.task)) ?? null;
    if (before?.id === tick.id) return { before, after: before };
    const after = { ...tick, ...of, ...this.workedBy(machine), at: Math.min(tick.at, this.deps.now()), year };
    if (await this.deps.store.add(after)) this.take(after);
    return { before, after };
  }

  private workedBy(machine: Machine): Worked {
    const mu = this.deps.machines.seasonMuOf(machine.id);
    return { mu, hours: hoursOf(mu, implementAt(machine, this.deps.now())?.workingWidthM ?? 0) };
  }

  private take(tick: StoredTick): void {
    const key = keyOf(tick.machine, tick.task);
    if ((this.last.get(key)?.at ?? Number.NEGATIVE_INFINITY) <= tick.at) this.last.set(key, tick);
  }

  private countyOf(division: string): string {
    const { registry } = this.deps;
    return registry.chain(division).find(code => registry.divisions.get(code)?.level === 'county') ?? division;
  }
}

const keyOf = (machine: string, task: MaintenanceTask): string => `${machine}|${task}`;
