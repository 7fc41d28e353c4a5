import type { Broadcast, MachineCard, MachineRow, RequestOutput } from '../../shared/contract.ts';
import type { UnitNow } from '../../shared/progress.ts';
import type { Season } from '../../shared/season.ts';

/** Everything that a unit's room shows, as of one instant of the season. */
export interface LiveView {
  division: string;
  season: Season;
  asOf: number;
  cards: ReadonlyMap<string, MachineCard>;
  machines: ReadonlyMap<string, MachineRow>;
  units: ReadonlyMap<string, UnitNow>;
  warnings: Warning[];
}

export type Warning = NonNullable<Broadcast<'view:changed'>['warnings']>[number];

const byId = <Item extends { id: string }>(items: readonly Item[]): Map<string, Item> => new Map(items.map(item => [item.id, item]));

/** A snapshot replaces whatever was shown before. */
export const openedView = (snapshot: RequestOutput<'view:open'>): LiveView => ({
  division: snapshot.division,
  season: snapshot.season,
  asOf: snapshot.asOf,
  cards: byId(snapshot.cards),
  machines: new Map(snapshot.machines.map(row => [row[0], row])),
  units: new Map(snapshot.units.map(unit => [unit.code, unit])),
  warnings: [],
});

function merged<Key, Value>(
  known: ReadonlyMap<Key, Value>,
  changes: readonly Value[],
  keyOf: (value: Value) => Key,
): ReadonlyMap<Key, Value> {
  if (changes.length === 0) return known;
  const next = new Map(known);
  for (const change of changes) next.set(keyOf(change), change);
  return next;
}

/** A delta is merged; what it does not name stays the very same object, so that nothing is drawn again for it. */
export const changedView = (view: LiveView, delta: Broadcast<'view:changed'>): LiveView => ({
  ...view,
  asOf: delta.asOf,
  machines: merged(view.machines, delta.machines, row => row[0]),
  units: merged(view.units, delta.units, unit => unit.code),
  cards: merged(view.cards, delta.cards ?? [], card => card.id),
  warnings: delta.warnings ?? [],
});

export const childrenOf = (view: LiveView, code: string): UnitNow[] => [...view.units.values()].filter(unit => unit.parent === code);

/** The unit and those above it, topmost first, as far as they are known. */
export function pathTo(parents: ReadonlyMap<string, { parent: string | null }>, code: string): string[] {
  const path: string[] = [];
  for (let at: string | null = code; at !== null && parents.has(at) && !path.includes(at); at = parents.get(at)!.parent) path.unshift(at);
  return path;
}
