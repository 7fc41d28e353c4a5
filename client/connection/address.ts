import { signal } from '@preact/signals';
import { type Drawer, hashOf, type Place, placeOf } from '../state/route.ts';

/** Where the dispatcher is, as the address says it. */
export const place = signal<Place>(placeOf(location.hash));

// Back and forward, and an address typed by hand, say `popstate` both.
window.addEventListener('popstate', () => {
  place.value = placeOf(location.hash);
});

export function goTo(next: Place): void {
  if (hashOf(next) !== hashOf(place.value)) history.pushState(null, '', hashOf(next));
  place.value = next;
}

export const goToUnit = (division: string | null): void => goTo({ division, drawer: null });
export const openDrawer = (drawer: Drawer): void => goTo({ ...place.value, drawer });
export const closeDrawer = (): void => goTo({ ...place.value, drawer: null });
