import type { Actor } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import type { AuditFilter } from '../../shared/routes/accounts.ts';
import { dayStart } from '../../shared/season.ts';
import type { AuditStore, EventFilter, StoredEvent } from '../stores/audit.ts';
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

  /** One page of what was asked for, and where the next begins; null: that was the last. */
  async page(filter: AuditFilter, from: string | undefined): Promise<{ events: StoredEvent[]; next: string | null }> {
    return pageOf(await this.store.page(filterOf(filter), { limit: A_PAGE, after: from === undefined ? null : placeOf(from) }));
  }

  /** The same of exactly these objects. */
  async pageOf(objects: readonly string[], from: string | undefined): Promise<{ events: StoredEvent[]; next: string | null }> {
    return pageOf(await this.store.of(objects, { limit: A_PAGE, after: from === undefined ? null : placeOf(from) }));
  }

  all = (filter: AuditFilter): Promise<StoredEvent[]> => this.store.page(filterOf(filter), { limit: MOST_LINES, after: null });
  actions = async (): Promise<string[]> => (await this.store.actions()).sort();
}

const A_PAGE = 100;
const MOST_LINES = 50_000;
const pageOf = (events: StoredEvent[]): { events: StoredEvent[]; next: string | null } => {
  const last = events.at(-1);
  return { events, next: last && events.length === A_PAGE ? `${last.wallAt}-${last.id}` : null };
};
const DAY_MS = 24 * 3_600_000;

const filterOf = ({ day, ...filter }: AuditFilter): EventFilter => ({
  ...filter,
  ...(day !== undefined && { from: dayStart(day), to: dayStart(day) + DAY_MS }),
});

function placeOf(from: string): { wallAt: number; id: string } {
  const [, wallAt, id] = /^(\d{1,16})-([0-9a-f]{24})$/.exec(from) ?? [];
  if (id === undefined) throw new Refusal('invalid', 'from: as an answer named it');
  return { wallAt: Number(wallAt), id };
}
