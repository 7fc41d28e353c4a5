import { goTo, place } from '../connection/address.ts';
import type { News } from '../connection/news.ts';
import { nameOf } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import type { LiveView } from '../state/live-view.ts';
import type { Drawer, Thing } from '../state/route.ts';

/** What every list of the board is given. */
export interface BoardParts {
  desk: Desk;
  view: LiveView | null;
  /** The season's time now. */
  now: number;
  /** The unit that is looked at. */
  unit: string;
  chosen: Drawer | null;
  news: News['counts'];
  /** Rises with every change of a repair. */
  repairs: number;
}

export const isChosen = (chosen: Drawer | null, kind: Thing, id: string): boolean => chosen?.kind === kind && chosen.id === id;

/** Puts it into the address, from where list, map and card take it. */
export const choose = (kind: Thing, id: string): void => goTo({ ...place.value, drawer: { kind, id } });

export const unitName = (desk: Desk, code: string | null): string => {
  const division = code === null ? undefined : desk.divisions.get(code);
  return division ? nameOf(division) : (code ?? '');
};
