import type { RouteOutput } from '../../shared/rest.ts';
import type { Session } from '../connection/session.ts';
import { language, nameOf, words } from '../language/language.ts';
import { paletteWords } from '../language/palette.ts';
import { mayOpen, maySeeMap, openPages } from '../pages.ts';
import type { Places } from '../state/desk.ts';
import { mu } from '../state/format.ts';
import type { Named } from '../state/palette-match.ts';
import type { Drawer, ListName, Place } from '../state/route.ts';
import { skin } from '../state/skin.ts';

export type PaletteGroup = keyof ReturnType<typeof paletteWords.peek>['groups'];

/** One line of the palette. It leads somewhere or changes how the page looks; nothing that it does reaches a machine. */
export interface Entry extends Named {
  id: string;
  group: PaletteGroup;
  hint: string;
  leads: { path: string } | { place: Place } | { act: () => void };
}

const place = (division: string | null, drawer: Drawer | null): Entry['leads'] => ({ place: { division, drawer } });
const boardLists = ['alerts', 'advised', 'orders', 'requests', 'machines'] as const satisfies readonly ListName[];

/** Pages, and what can be brought into focus without asking the server. */
export function standingEntries(session: Session, onKeys: () => void): Entry[] {
  const { pages } = words.value;
  const { commands } = paletteWords.value;
  const entry = (id: string, group: PaletteGroup, title: string, leads: Entry['leads']): Entry => ({ id, group, title, hint: '', leads });
  return [
    ...openPages(session).map(({ page, path }) => entry(`page:${page}`, 'pages', pages[page], { path })),
    ...(mayOpen(session, 'board')
      ? [
          entry('list:units', 'commands', commands.units, { path: '/board#/' }),
          ...boardLists.map(list => entry(`list:${list}`, 'commands', commands[list], { path: `/board#//${list}` })),
        ]
      : []),
    ...(mayOpen(session, 'evidence') && maySeeMap(session) ? [entry('page:evidence', 'pages', pages.evidence, { path: '/evidence' })] : []),
    entry('keys', 'commands', commands.keys, { act: onKeys }),
    entry('skin', 'commands', commands.skin, {
      act: () => {
        skin.value = skin.value === 'day' ? 'night' : 'day';
      },
    }),
    entry('language', 'commands', commands.language, {
      act: () => {
        language.value = language.value === 'zh' ? 'en' : 'zh';
      },
    }),
  ];
}

/** Units and stations, which the pages of the map know whole. */
export function placeEntries(places: Places, mayRead: (code: string) => boolean): Entry[] {
  const divisions = new Map(places.divisions.map(division => [division.code, division]));
  const parentOf = (code: string | null) => (code === null ? undefined : divisions.get(code));
  const units = places.divisions
    .filter(({ code }) => mayRead(code))
    .map((division): Entry => {
      const above = parentOf(division.parent);
      const hint = above ? nameOf(above) : '';
      const also = [division.name, division.nameEn ?? '', division.code].filter(name => name !== nameOf(division));
      return { id: `unit:${division.code}`, group: 'units', title: nameOf(division), also, hint, leads: place(division.code, null) };
    });
  const stations = places.stations
    .filter(station => mayRead(station.division))
    .map((station): Entry => {
      const at = parentOf(station.division);
      const leads = place(station.division, { kind: 'station', id: station.id });
      return { id: `station:${station.id}`, group: 'stations', title: station.name, hint: at ? nameOf(at) : '', leads };
    });
  return [...units, ...stations];
}

/** What the server found; where it lies the page decides, so the unit that is looked at stays. */
export function foundEntries({ machines, fields }: RouteOutput<'search'>, division: string | null): Entry[] {
  const text = words.value;
  return [
    ...machines.map(
      (machine): Entry => ({
        id: `machine:${machine.id}`,
        group: 'machines',
        title: machine.plate || machine.id,
        hint: [machine.operatorName, text.kinds[machine.kind]].filter(Boolean).join(' · '),
        leads: place(division, { kind: 'machine', id: machine.id }),
      }),
    ),
    ...fields.map(
      (field): Entry => ({
        id: `field:${field.id}`,
        group: 'fields',
        title: field.village || field.id,
        hint: paletteWords.value.muOf(mu(field.areaMu), field.id),
        leads: place(division, { kind: 'field', id: field.id }),
      }),
    ),
  ];
}
