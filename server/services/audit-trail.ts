import type { Actor } from '../../shared/permissions.ts';
import type { AuditStore } from '../stores/audit.ts';
import type { SeasonClock } from './season-clock.ts';

/** Who asked, and from which address; null: the program itself. */
export interface By {
  actor: Actor;
  from: string | null;
}

/** What one change did to one object, named `kind:id`. Secrets never go in. */
export interface Change {
  object: string;
  before: unknown;
  after: unknown;
}

/** Every change of state leaves an event here before it is answered. */
export class AuditTrail {
  constructor(
    private readonly store: AuditStore,
    private readonly clock: SeasonClock,
  ) {}

  async record({ actor, from }: By, action: string, changes: readonly Change[]): Promise<void> {
    const { account, role, name } = actor;
    const at = { at: this.clock.season(), wallAt: this.clock.wall() };
    await this.store.add(changes.map(change => ({ ...at, who: { account, role, name }, from, action, ...change })));
  }
}
