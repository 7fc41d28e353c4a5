import { type Day, type Operation, operations } from '../../shared/season.ts';
import type { MachineDays } from './machine-days.ts';
import type { Registry } from './registry.ts';
import type { Repairs } from './repairs.ts';

export type CountOf = (code: string, operation: Operation) => number | null;

/**
 * Machines out on a day by unit and operation: where they were last that day, by the implement that they had, without those in repair at
 * the end of it. Breakdowns, and waiting at a station for repair, enter a forecast as machines that are not there.
 */
export class MachineCounts {
  private readonly held = new Map<Day, { version: number; counts: Map<string, number> | null }>();

  constructor(private readonly deps: { registry: Registry; machineDays: MachineDays; repairs: Repairs }) {}

  /** @param at the end of the day, or now; the counts of a day that is over are kept until something new is heard of it */
  async on(day: Day, at: number, { isOver }: { isOver: boolean }): Promise<CountOf> {
    const version = this.deps.machineDays.versionOf(day);
    const held = this.held.get(day);
    const counts = isOver && held?.version === version ? held.counts : await this.count(day, at);
    if (isOver) this.held.set(day, { version, counts });
    return (code, operation) => (counts === null ? null : (counts.get(`${code}|${operation}`) ?? 0));
  }

  private async count(day: Day, at: number): Promise<Map<string, number> | null> {
    const { registry, machineDays, repairs } = this.deps;
    const out = await machineDays.outOn(day);
    if (out === null) return null;
    const inRepair = new Set(await repairs.machinesInRepairAt(at));
    const counts = new Map<string, number>();
    for (const { machine, at: unit } of out) {
      const operation = this.operationOf(machine, at);
      if (operation === null || inRepair.has(machine)) continue;
      for (const code of registry.chain(unit)) counts.set(`${code}|${operation}`, (counts.get(`${code}|${operation}`) ?? 0) + 1);
    }
    return counts;
  }

  private operationOf(id: string, at: number): Operation | null {
    const machine = this.deps.registry.machines.get(id);
    if (!machine) return null;
    const carried = machine.implements.filter(({ from }) => from <= at).sort((one, other) => other.from - one.from)[0];
    if (carried) return operations.find(operation => operation === carried.operation) ?? null;
    return machine.kind === 'combine' ? 'harvest' : machine.kind === 'seeder' ? 'sow' : null;
  }
}
