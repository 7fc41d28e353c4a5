import type { Actor } from '../../shared/permissions.ts';
import { permissions } from '../../shared/permissions.ts';
import { mayOpen, maySeeMap, type PageName, pages } from '../pages.ts';
import { hashOf, type ListName, type Place } from '../state/route.ts';

/** The key after `g` of each page and map list that has one. */
export const chordKeys = {
  map: 'm',
  board: 'b',
  fields: 'f',
  repairs: 'r',
  machines: 'v',
  orders: 'o',
  weather: 'w',
  notices: 'n',
  whatIf: 'i',
  reception: 'a',
  bulletin: 'u',
} as const;
export type ChordName = keyof typeof chordKeys;
const names = Object.keys(chordKeys) as ChordName[];
const isPage = (name: ChordName): name is ChordName & PageName => name in pages;

/** Where each `g` leads this person, in step with the unit that is looked at. */
export function chordPaths(actor: Actor, division: string | null): Partial<Record<ChordName, string>> {
  const onMap = (list: ListName | null): string => `/${hashOf({ division, drawer: list && { kind: list } } as Place)}`;
  const pathOf = (name: ChordName): string | null => {
    if (name === 'board') return mayOpen(actor, 'board') ? `/board${hashOf({ division, drawer: null })}` : null;
    if (isPage(name)) return mayOpen(actor, name) ? pages[name].path : null;
    if (name === 'repairs' && actor.role === 'station') return pages.station.path;
    if (!maySeeMap(actor) || actor.role === 'clerk') return null;
    if (name === 'repairs' && permissions[actor.role]['repair:read'] === 'none') return null;
    return onMap(name === 'map' ? null : name);
  };
  return Object.fromEntries(names.flatMap(name => (pathOf(name) === null ? [] : [[name, pathOf(name)]])));
}

/** The same as what to do, by the code of the key; `own` is what a page does in its own way. */
export function chordsTo(
  actor: Actor,
  divisionOf: () => string | null,
  own: Partial<Record<ChordName, () => void>> = {},
): Record<string, () => void> {
  const go = (name: ChordName) => () => {
    const path = chordPaths(actor, divisionOf())[name];
    if (path !== undefined) location.assign(path);
  };
  return Object.fromEntries(names.map(name => [`Key${chordKeys[name].toUpperCase()}`, own[name] ?? go(name)]));
}
