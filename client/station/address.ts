import { signal } from '@preact/signals';

export const lists = ['open', 'closed', 'stock', 'fuel', 'care', 'teams'] as const;
export type List = (typeof lists)[number];

/** What lies open beside the list: a repair, the form for a new one, or nothing; and which list it is. In the address, so that back works. */
export interface Shown {
  list: List;
  card: { kind: 'repair'; id: string } | { kind: 'new' } | null;
}

export function shownAt(hash: string): Shown {
  const [list, card] = hash.replace(/^#\/?/, '').split('/');
  const id = /^[0-9a-f-]{36}$/.test(card ?? '') ? card : null;
  return {
    list: lists.find(one => one === list) ?? 'open',
    card: card === 'new' ? { kind: 'new' } : id ? { kind: 'repair', id } : null,
  };
}

export const hashOf = ({ list, card }: Shown): string => `#/${list}${card ? `/${card.kind === 'new' ? 'new' : card.id}` : ''}`;

export const shown = signal<Shown>(shownAt(location.hash));
window.addEventListener('popstate', () => {
  shown.value = shownAt(location.hash);
});

export function show(next: Partial<Shown>, how: 'push' | 'replace' = 'push'): void {
  const after = { ...shown.value, ...next };
  if (hashOf(after) !== location.hash) history[how === 'push' ? 'pushState' : 'replaceState'](null, '', hashOf(after));
  shown.value = after;
}
