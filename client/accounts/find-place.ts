import type { PersonRole, placeNeeded } from '../../shared/person-role.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask } from '../connection/http.ts';
import { nameOf, words } from '../language/language.ts';
import type { Option } from '../panels/choice.tsx';

type Kind = NonNullable<(typeof placeNeeded)[PersonRole]>;

const MOST_SHOWN = 40;
let places: Promise<RouteOutput<'places'>> | null = null;
const allPlaces = (): Promise<RouteOutput<'places'>> => {
  places ??= ask('places').catch((cause: unknown) => {
    places = null;
    throw cause;
  });
  return places;
};

const matching = (options: Option[], typed: string): Option[] => {
  const wanted = typed.trim().toLowerCase();
  return options.filter(option => `${option.label} ${option.hint} ${option.value}`.toLowerCase().includes(wanted)).slice(0, MOST_SHOWN);
};

/** What a position of a role can point at, by a part of its name. */
export const findPlace: Record<Kind, (typed: string) => Promise<Option[] | null>> = {
  async division(typed) {
    const { divisions } = await allPlaces();
    const names = new Map(divisions.map(division => [division.code, nameOf(division)]));
    const rank = { city: 0, county: 1, town: 2 };
    const sorted = [...divisions].sort((a, b) => rank[a.level] - rank[b.level] || a.code.localeCompare(b.code));
    const hint = (parent: string | null, level: keyof typeof rank) => (parent && names.get(parent)) || words.value.levels[level];
    return matching(
      sorted.map(({ code, parent, level, ...named }) => ({ value: code, label: nameOf(named), hint: hint(parent, level) })),
      typed,
    );
  },
  async station(typed) {
    const { divisions, stations } = await allPlaces();
    const names = new Map(divisions.map(division => [division.code, nameOf(division)]));
    return matching(
      stations.map(({ id, name, division }) => ({ value: id, label: name, hint: names.get(division) ?? '' })),
      typed,
    );
  },
  async machine(typed) {
    if (typed.trim() === '') return null;
    const { machines } = await ask('search', { q: typed.trim() });
    return machines.map(({ id, plate, operatorName, kind }) => ({
      value: id,
      label: plate,
      hint: [operatorName, words.value.kinds[kind]].filter(Boolean).join(' · '),
    }));
  },
};
