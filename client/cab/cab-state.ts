import { batch, computed, signal } from '@preact/signals';
import type { LinkState } from './drain.ts';
import type { GapShown } from './gaps.ts';
import { attentionOf, noticesShown, ordersShown } from './inbox.ts';
import { outboxStates } from './outbox.ts';
import type { GpsState } from './position-watch.ts';
import { type CabDatabase, type Errand, type Facts, factsOf, type OutboxState } from './store.ts';
import type { WakeState } from './wake-lock.ts';

/** What the owner of the outboxes tells the other tabs of this phone. */
export interface Senses {
  link: LinkState;
  gps: GpsState;
  silentMs: number;
  wake: WakeState;
}

/** Another tab records; this one tab is the recorder; not yet known. */
export type Ownership = 'asking' | 'owner' | 'other';

/** All that the page shows, the same in every tab: what is stored, and the senses of the tab that records. */
export const stored = signal<{ outboxes: OutboxState[]; facts: Facts; errands: Errand[]; gaps: GapShown[]; now: number } | null>(null);
export const senses = signal<Senses>({ link: 'away', gps: 'off', silentMs: 0, wake: 'off' });
export const ownership = signal<Ownership>('asking');
/** The phone's own database failed: what, in the browser's words. */
export const trouble = signal<string | null>(null);

export const current = computed<OutboxState | null>(
  () => stored.value?.outboxes.find(({ id }) => id === stored.value?.facts.current) ?? null,
);
export const pending = computed(() => (stored.value?.outboxes ?? []).reduce((sum, outbox) => sum + outbox.pending, 0));
/** What the operator did or called for and the server does not know yet. */
export const untold = computed(
  () => (stored.value?.errands ?? []).filter(({ state, route }) => state === 'waiting' && route !== 'reportGap').length,
);
export const isOnDuty = computed(() => current.value !== null && stored.value?.facts.duty.on === true);

export const orders = computed(() => (stored.value ? ordersShown(stored.value.facts.inbox, stored.value.errands) : []));
export const notices = computed(() => (stored.value ? noticesShown(stored.value.facts.inbox, stored.value.errands, stored.value.now) : []));
export const attention = computed(() => {
  if (!stored.value || !current.value) return null;
  const { facts, errands, now } = stored.value;
  return attentionOf({ ...facts, errands, isOnDuty: isOnDuty.value, now });
});
/** No sound comes out of a page that was not touched yet. */
export const isMute = signal(true);

const GAPS_SHOWN = 20;

/** `now` is the season's time. */
export async function readStored(database: CabDatabase, now: number): Promise<void> {
  const [outboxes, facts, errands, gaps] = await Promise.all([
    outboxStates(database),
    factsOf(database),
    database.getAll('errands'),
    database.getAll('gaps'),
  ]);
  batch(() => {
    stored.value = { outboxes, facts, errands: errands.sort((a, b) => a.at - b.at), gaps: gaps.slice(-GAPS_SHOWN), now };
    if (trouble.value !== null) trouble.value = null;
  });
}
