import { useMemo } from 'preact/hooks';
import type { MachineRow } from '../../shared/contract.ts';
import { openDrawer } from '../connection/address.ts';
import { nameOf, words } from '../language/language.ts';
import { shownState } from '../map/machine-table.ts';
import type { Desk } from '../state/desk.ts';
import { count, NONE, timeNear } from '../state/format.ts';
import type { LiveView } from '../state/live-view.ts';
import { ListDrawer } from './list-drawer.tsx';

interface Listed {
  id: string;
  plate: string;
  operator: string;
  kind: string;
  state: string;
  speed: number | null;
  lastFix: number | null;
  origin: string;
  division: string;
}

/** Machines of a unit, or those behind a count badge. Taken when the list opens: rows that jump cannot be read. */
export function MachineList({ division, view, desk }: { division: string; view: LiveView | null; desk: Desk }) {
  const text = words.value;
  const badge = desk.badge.value;
  const isThere = view !== null;
  const rows = useMemo(() => (view === null ? [] : listed(view, desk, division, badge)), [isThere, division, badge, text]);
  const unit = desk.divisions.get(division);
  const asOf = view?.asOf ?? 0;
  return (
    <ListDrawer
      title={badge ? text.lists.badgeTitle(count(rows.length)) : text.lists.machinesTitle(unit ? nameOf(unit) : division)}
      rows={rows}
      empty={view === null ? text.loading : text.lists.noMachines}
      fileName={text.lists.fileMachines}
      build={async element =>
        (await import('../lists/grid.ts')).gridIn<Listed>(element, {
          key: 'id',
          sortBy: 'plate',
          empty: text.lists.empty,
          onOpen: row => openDrawer({ kind: 'machine', id: row.id }),
          columns: [
            { title: text.lists.plate, field: 'plate' },
            { title: text.lists.operator, field: 'operator' },
            { title: text.lists.kind, field: 'kind' },
            { title: text.lists.state, field: 'state' },
            { title: text.lists.speed, field: 'speed', isNumber: true, print: row => row.speed?.toFixed(1) ?? NONE },
            {
              title: text.lists.lastFix,
              field: 'lastFix',
              isNumber: true,
              print: row => (row.lastFix === null ? NONE : timeNear(row.lastFix, asOf)),
            },
            { title: text.lists.division, field: 'division' },
            { title: text.lists.origin, field: 'origin' },
            { title: text.lists.id, field: 'id' },
          ],
        })
      }
    />
  );
}

function listed(view: LiveView, desk: Desk, division: string, badge: readonly string[] | null): Listed[] {
  // Registered machines that never sent a position have a card but no row.
  const all = badge ?? new Set([...view.machines.keys(), ...view.cards.keys()]);
  return [...all].filter(id => badge !== null || belongs(id, view, desk, division)).map(id => printed(id, view, desk));
}

/** Is the machine in the unit now, or is it the unit's own? */
function belongs(id: string, view: LiveView, desk: Desk, division: string): boolean {
  if (division === desk.root) return true;
  for (let code = view.cards.get(id)?.division ?? null; code !== null; code = desk.divisions.get(code)?.parent ?? null)
    if (code === division) return true;
  return view.machines.get(id)?.[8] === division;
}

function printed(id: string, view: LiveView, desk: Desk): Listed {
  const text = words.value;
  const row: MachineRow | undefined = view.machines.get(id);
  const card = view.cards.get(id);
  const home = desk.divisions.get(card?.division ?? '');
  return {
    id,
    plate: card?.plate || id,
    operator: card?.operatorName ?? NONE,
    kind: card ? text.kinds[card.kind] : NONE,
    state: row ? text.states[shownState(row, view.asOf)] : text.lists.noPosition,
    speed: row?.[6] ?? null,
    lastFix: row?.[5] ?? null,
    origin: card ? text.origins[card.origin] : NONE,
    division: home ? nameOf(home) : NONE,
  };
}
