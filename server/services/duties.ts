import type { DutySwitch } from '../../shared/routes/cab.ts';
import type { CabStore, StoredDuty } from '../stores/cab.ts';

export interface Duty {
  on: boolean;
  since: number;
}

/** Which machines are on duty: silence on duty is trouble, silence off duty is rest. */
export class Duties {
  private readonly latest = new Map<string, Duty>();

  constructor(
    private readonly store: CabStore,
    private readonly now: () => number,
  ) {}

  async load(): Promise<void> {
    for (const duty of await this.store.latestDuties()) this.take(duty);
  }

  /** Null: its phone never said. */
  of = (machine: string): Duty | null => this.latest.get(machine) ?? null;

  /**
   * Switches kept on a phone arrive late and in any order; the latest counts. One that is dated ahead of the season's clock counts as of
   * now, so that a phone whose clock is wrong does not stay on duty for ever. Null: this switch is known already.
   */
  async change(machine: string, author: string, { id, on, at }: DutySwitch): Promise<Duty | null> {
    const receivedAt = this.now();
    const duty: StoredDuty = { _id: id, machine, on, at: Math.min(at, receivedAt), author, receivedAt };
    if (!(await this.store.addDuty(duty))) return null;
    this.take(duty);
    return { on, since: duty.at };
  }

  /**
   * Which of these instants fell into a time off duty. What a terminal kept comes hours later, when the machine may be on duty again.
   * Before its first switch nobody knows, and it counts as on.
   */
  async wereOff(machine: string, instants: readonly number[]): Promise<boolean[]> {
    const latest = this.latest.get(machine);
    if (!latest) return instants.map(() => false);
    const isOld = instants.some(at => at < latest.since);
    const switches = isOld ? await this.store.dutiesOf(machine) : [];
    return instants.map(at => !(at >= latest.since ? latest : (switches.findLast(one => one.at <= at) ?? { on: true })).on);
  }

  private take({ machine, on, at }: StoredDuty): void {
    if ((this.latest.get(machine)?.since ?? Number.NEGATIVE_INFINITY) <= at) this.latest.set(machine, { on, since: at });
  }
}
