import type { Notice } from '../../shared/notice.ts';
import type { Machine } from '../../shared/registry.ts';
import type { Duties } from './duties.ts';
import type { LiveFleet } from './live-fleet.ts';
import type { Registry } from './registry.ts';

/** Where a machine was so long ago (season time), it is not any more. */
const THERE_WITHIN_MS = 24 * 3_600_000;

const HEARD_WITHIN_MS = 30 * 60_000;

export type Addressed = Pick<Notice, 'division' | 'kinds' | 'machines' | 'order'>;

/** Whom a notice concerns: machines that belong to its unit or are there now, and can show it. */
export class NoticeAudience {
  constructor(private readonly deps: { registry: Registry; fleet: LiveFleet; duties: Duties; now: () => number }) {}

  of({ division, kinds }: Pick<Addressed, 'division' | 'kinds'>): string[] {
    const { registry } = this.deps;
    return [...registry.machines.values()].filter(machine => this.concerns(machine, { division, kinds })).map(({ id }) => id);
  }

  /** As its phone said; a terminal, which never says so, is on duty while it reports. */
  onDuty = (machine: string): boolean => {
    const { duties, fleet, now } = this.deps;
    return duties.of(machine)?.on ?? (fleet.machines.get(machine)?.fixTime ?? Number.NEGATIVE_INFINITY) > now() - HEARD_WITHIN_MS;
  };

  /** Somebody who comes to the unit while it is valid gets it too, unless it was for named machines. */
  joins(id: string, { division, kinds, machines, order }: Addressed): boolean {
    const machine = this.deps.registry.machines.get(id);
    return machine !== undefined && machines.length === 0 && order === null && this.concerns(machine, { division, kinds });
  }

  private concerns(machine: Machine, { division, kinds }: Pick<Addressed, 'division' | 'kinds'>): boolean {
    if (kinds.length > 0 && !kinds.includes(machine.kind)) return false;
    if (!this.hasPhone(machine)) return false;
    return this.deps.registry.chain(machine.division).includes(division) || this.isThere(machine.id, division);
  }

  /** Receipts of machines that nobody can reach would never come. */
  private hasPhone = ({ id, hasTerminal }: Machine): boolean => hasTerminal || this.deps.fleet.machines.has(id);

  private isThere(machine: string, division: string): boolean {
    const { registry, fleet, now } = this.deps;
    const live = fleet.machines.get(machine);
    if (!live || live.fixTime < now() - THERE_WITHIN_MS) return false;
    const town = live.fieldId === null ? undefined : registry.fields.get(live.fieldId)?.town;
    return [town, live.county].some(unit => unit !== undefined && unit !== null && registry.chain(unit).includes(division));
  }
}
