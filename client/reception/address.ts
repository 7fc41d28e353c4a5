import { signal } from '@preact/signals';

export const tabs = ['arrivals', 'present', 'departed', 'permits', 'safety'] as const;
export type Tab = (typeof tabs)[number];

/** Which list it is, and what lies open beside it: an expected machine, a visit, a new one. In the address, so that back works. */
export interface Shown {
  tab: Tab;
  card: { kind: 'expected' | 'visit'; id: string } | { kind: 'new' } | null;
}

const UUID = /^[0-9a-f-]{36}$/;

export function shownAt(hash: string): Shown {
  const [tab, kind, id] = hash.replace(/^#\/?/, '').split('/');
  const isCard = (kind === 'expected' || kind === 'visit') && UUID.test(id ?? '');
  const card = kind === 'new' ? { kind } : isCard ? { kind, id } : null;
  return { tab: tabs.find(one => one === tab) ?? 'arrivals', card: card as Shown['card'] };
}

export const hashOf = ({ tab, card }: Shown): string =>
  `#/${tab}${card === null ? '' : card.kind === 'new' ? '/new' : `/${card.kind}/${card.id}`}`;

export const shown = signal<Shown>(shownAt(location.hash));
window.addEventListener('popstate', () => {
  shown.value = shownAt(location.hash);
});

export function show(next: Partial<Shown>, how: 'push' | 'replace' = 'push'): void {
  const after = { ...shown.value, ...next };
  if (hashOf(after) !== location.hash) history[how === 'push' ? 'pushState' : 'replaceState'](null, '', hashOf(after));
  shown.value = after;
}
