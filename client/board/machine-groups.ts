import type { MachineCard } from '../../shared/contract.ts';
import { shownState } from '../map/machine-table.ts';
import type { MarkState } from '../map/palette.ts';
import type { LiveView } from '../state/live-view.ts';

/** A machine as the board lists it. */
export interface ListedMachine {
  id: string;
  plate: string;
  operatorName: string;
  kind: MachineCard['kind'];
  state: MarkState;
  /** Null: nobody knows since when. */
  since: number | null;
  /** The county where it is, else the unit it belongs to. */
  at: string | null;
  lngLat: [number, number];
}

/** In the order in which a dispatcher asks for them. */
export const boardStates = ['idle', 'inRepair', 'travelling', 'working', 'turning', 'offline'] as const satisfies readonly MarkState[];
export type BoardState = (typeof boardStates)[number];

/** All machines that concern a unit, by state; within each the longest first, and those of which it is not known last. */
export function machinesByState(view: LiveView, concerns: (id: string) => boolean): Record<BoardState, ListedMachine[]> {
  const groups = Object.fromEntries(boardStates.map(state => [state, [] as ListedMachine[]])) as Record<BoardState, ListedMachine[]>;
  for (const row of view.machines.values()) {
    const id = row[0];
    if (!concerns(id)) continue;
    const card = view.cards.get(id);
    const state = shownState(row, view.asOf);
    groups[state].push({
      id,
      plate: card?.plate || id,
      operatorName: card?.operatorName ?? '',
      kind: card?.kind ?? 'combine',
      state,
      // A row that came before the machine fell silent still says since when it worked.
      since: state === 'offline' ? row[5] : row[10],
      at: row[8] ?? card?.division ?? null,
      lngLat: [row[1], row[2]],
    });
  }
  const longestFirst = (one: ListedMachine, other: ListedMachine): number =>
    (one.since ?? Number.POSITIVE_INFINITY) - (other.since ?? Number.POSITIVE_INFINITY) || (one.id < other.id ? -1 : 1);
  for (const state of boardStates) groups[state].sort(longestFirst);
  return groups;
}

/** Is the machine in the unit now, or is it the unit's own? */
export function concernsUnit(
  view: LiveView,
  divisions: ReadonlyMap<string, { parent: string | null }>,
  unit: string,
): (id: string) => boolean {
  const isIn = (code: string | null | undefined): boolean => {
    for (let at = code ?? null; at !== null; at = divisions.get(at)?.parent ?? null) if (at === unit) return true;
    return false;
  };
  return id => isIn(view.machines.get(id)?.[8]) || isIn(view.cards.get(id)?.division);
}

/** How many of a kind are in a county now and not in repair, heard of or not; a county without an outline has those that belong to it. */
export function presentIn(view: LiveView, county: { code: string; hasOutline: boolean }, kind: MachineCard['kind']): number {
  let present = 0;
  for (const row of view.machines.values()) {
    const card = view.cards.get(row[0]);
    const at = county.hasOutline ? row[8] : card?.division;
    if (at === county.code && !row[9] && card?.kind === kind) present += 1;
  }
  return present;
}
