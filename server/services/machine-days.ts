import type { MachinesOut } from '../../shared/bulletin.ts';
import { addDays, bulletinDayOf, cutOff, type Day } from '../../shared/season.ts';
import type { BulletinStore, MachineDay } from '../stores/bulletins.ts';
import type { Registry } from './registry.ts';

/** On which bulletin days a machine was heard of. Asked with every batch, so that what is known already costs one comparison. */
export class MachineDays {
  private readonly lastDay = new Map<string, { from: number; to: number; at: string | undefined }>();
  private readonly versions = new Map<Day, number>();
  private fresh: Omit<MachineDay, '_id'>[] = [];

  constructor(
    private readonly store: BulletinStore,
    private readonly registry: Registry,
  ) {}

  /** `at` is the unit it is in: the town of its field, else the county; on the road it stays where it worked. */
  heard(machine: string, fixTime: number, at?: string): void {
    const known = this.lastDay.get(machine);
    if (known && fixTime > known.from && fixTime <= known.to) {
      if (at === undefined || at === known.at) return;
      if (known.at !== undefined && this.registry.chain(known.at).includes(at)) return;
      known.at = at;
      this.note({ day: bulletinDayOf(fixTime), machine, at });
      return;
    }
    const day = bulletinDayOf(fixTime);
    this.lastDay.set(machine, { from: cutOff(addDays(day, -1)), to: cutOff(day), at });
    this.note({ day, machine, ...(at !== undefined && { at }) });
  }

  /** Changes whenever something new is heard of the day. */
  versionOf = (day: Day): number => this.versions.get(day) ?? 0;

  private note(day: Omit<MachineDay, '_id'>): void {
    this.fresh.push(day);
    this.versions.set(day.day, this.versionOf(day.day) + 1);
  }

  async flush(): Promise<void> {
    const fresh = this.fresh;
    this.fresh = [];
    try {
      await this.store.addMachineDays(fresh);
    } catch (error) {
      this.fresh = [...fresh, ...this.fresh];
      throw error;
    }
  }

  /** Machines out by unit, as a question that was prepared for one day. Null before the first day that was written down. */
  async countsOn(day: Day): Promise<(code: string) => Pick<MachinesOut, 'combines' | 'seeders'>> {
    await this.flush();
    const first = await this.store.firstMachineDay();
    if (first === null || day < first) return () => ({ combines: null, seeders: null });
    const counts = new Map<string, { combines: number; seeders: number }>();
    for (const { machine: id } of await this.store.machinesOn(day)) {
      const machine = this.registry.machines.get(id);
      if (!machine) continue;
      for (const code of this.registry.chain(machine.division)) {
        const count = counts.get(code) ?? { combines: 0, seeders: 0 };
        count[machine.kind === 'combine' ? 'combines' : 'seeders']++;
        counts.set(code, count);
      }
    }
    return code => counts.get(code) ?? { combines: 0, seeders: 0 };
  }

  /** Who was out on a day, and where; null before the first day that was written down. */
  async outOn(day: Day): Promise<{ machine: string; at: string }[] | null> {
    await this.flush();
    const first = await this.store.firstMachineDay();
    if (first === null || day < first) return null;
    const out = await this.store.machinesOn(day);
    return out.flatMap(({ machine, at }) => {
      const unit = at ?? this.registry.machines.get(machine)?.division;
      return unit === undefined ? [] : [{ machine, at: unit }];
    });
  }
}
