import type { Alert } from '../../shared/alert.ts';
import { closeDrawer, goTo, goToUnit, place } from '../connection/address.ts';
import type { KeyRow } from '../panels/keys-dialog.tsx';
import type { Desk } from '../state/desk.ts';
import type { Place } from '../state/route.ts';
import type { Chosen } from './chosen-card.tsx';
import { focusPanel, panelNames } from './panel.tsx';
import { boardWords } from './words.ts';

/** What keys act on at the moment they are pressed. */
export interface KeyState {
  alerts: readonly Alert[];
  chosen: Chosen;
  path: string;
}

/** The alert that `a` notes: the one that has the focus, else the chosen one; null: none of them is open. */
export function alertToNote({ alerts, chosen }: KeyState, focused: string | null): Alert | null {
  const wanted =
    alerts.find(({ id }) => id === focused) ?? (chosen?.kind === 'alert' ? alerts.find(({ id }) => id === chosen.alert.id) : undefined);
  return wanted && wanted.acknowledged === null ? wanted : null;
}

const focusedRow = (): string | null =>
  document.activeElement?.closest<HTMLElement>('.alert')?.querySelector<HTMLElement>('[data-row]')?.dataset.row ?? null;

/** Keys of the board besides those of every page. */
export function boardKeys(desk: Desk, state: () => KeyState, acknowledge: (id: string) => void) {
  const digits = panelNames.map((name, i) => [`Digit${i + 1}`, () => focusPanel(name)] as const);
  return {
    divisionOf: () => place.value.division,
    up: () => {
      const { division, drawer } = place.value;
      if (drawer) closeDrawer();
      else if (division !== null && division !== desk.root) goToUnit(desk.root);
    },
    goHere: (there: Place) => {
      // A unit or station says where it lies; everything else is shown in the unit that is open, if it concerns it.
      const isPlace = there.drawer === null || there.drawer.kind === 'station';
      goTo(isPlace ? there : { division: null, drawer: there.drawer });
      return true;
    },
    keys: {
      ...Object.fromEntries(digits),
      KeyA: () => {
        const alert = alertToNote(state(), focusedRow());
        if (alert) acknowledge(alert.id);
        else focusPanel('alerts');
      },
      KeyD: () => location.assign(state().path),
    },
  };
}

export const keyRows = (): KeyRow[] => {
  const { keys } = boardWords.value;
  return [
    { keys: ['1', '…', '6'], what: keys.panels },
    { keys: ['←', '→'], what: keys.columns },
    { keys: ['a'], what: keys.acknowledge },
    { keys: ['d'], what: keys.dispatch },
  ];
};
