import type { RouteOutput } from '../../shared/rest.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { KnownField, Registry } from './registry.ts';

const MOST = 20;

/** Better the earlier the words stand in the name, and the shorter the name; null: not in it. */
function rank(query: string, ...names: (string | undefined)[]): number | null {
  let best: number | null = null;
  for (const name of names) {
    const at = name?.toLowerCase().indexOf(query) ?? -1;
    if (at >= 0 && (best === null || at * 100 + name!.length < best)) best = at * 100 + name!.length;
  }
  return best;
}

function bestOf<T>(query: string, all: Iterable<T>, names: (one: T) => (string | undefined)[]): T[] {
  const hits: { one: T; rank: number }[] = [];
  for (const one of all) {
    const found = rank(query, ...names(one));
    if (found !== null) hits.push({ one, rank: found });
  }
  return hits
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(hit => hit.one);
}

/** Fields are many: what does not hold the words as they were typed, or in capitals as ids are, is passed over at once. */
function* fieldsHolding(registry: Registry, text: string): Generator<KnownField> {
  const capitals = text.toUpperCase();
  const towns = new Set([...registry.divisions.values()].filter(division => division.name.includes(text)).map(division => division.code));
  for (const field of registry.fields.values()) {
    if (field.shape.id.includes(capitals) || field.village.includes(text) || towns.has(field.town)) yield field;
  }
}

/** Machines (by id, plate, operator), fields (by id, village, town) and units, best match first. */
export function search(
  registry: Registry,
  text: string,
  mayRead: { division: (code: string) => boolean; machine: (code: string) => boolean },
): RouteOutput<'search'> {
  const query = text.toLowerCase();
  // What may not be seen must not crowd out what may.
  const readable = [...registry.machines.values()].filter(machine => mayRead.machine(machine.division));
  const machines = bestOf(query, readable, machine => [machine.id, machine.plate, machine.operatorName]);
  const fields = bestOf(query, fieldsHolding(registry, text), field => [
    field.shape.id,
    field.village,
    registry.divisions.get(field.town)?.name,
  ]);
  const divisions = bestOf(query, registry.divisions.values(), division => [division.name, division.nameEn, division.code]);
  return {
    machines: machines.map(machine => registry.card(machine)),
    fields: fields
      .filter(field => mayRead.division(field.town))
      .map(field => ({ id: field.shape.id, village: field.village, areaMu: muOfDm2(field.areaDm2), centre: registry.centre(field) })),
    divisions: divisions
      .filter(division => mayRead.division(division.code))
      .map(({ code, name, level, parent }) => ({ code, name, level, parent })),
  };
}
