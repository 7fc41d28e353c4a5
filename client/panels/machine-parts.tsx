import type { UnitNow } from '../../shared/progress.ts';
import { openDrawer } from '../connection/address.ts';
import { words } from '../language/language.ts';
import { shownState } from '../map/machine-table.ts';
import { markStates } from '../map/marks.ts';
import type { MarkState } from '../map/palette.ts';
import type { Desk } from '../state/desk.ts';
import { count, percent } from '../state/format.ts';
import type { LiveView } from '../state/live-view.ts';
import { StateMark } from './state-mark.tsx';
import { Sum, Term } from './sum.tsx';

/** How many machines belong to the unit, and what those that it sees are doing. */
export function MachineParts({ unit, view, desk }: { unit: UnitNow; view: LiveView | null; desk: Desk }) {
  const text = words.value;
  const isRoot = unit.code === desk.root;
  const states = statesIn(unit, view, isRoot);
  const sending = [...states.values()].reduce((sum, machines) => sum + machines, 0);
  return (
    <>
      <Sum>
        <Term name={text.machinesRegistered}>{count(unit.machines.registered)}</Term>
        <Term name={text.machinesOnline} note={text.parts.online}>
          {count(unit.machines.online)}
        </Term>
        <Term name={text.machinesInRepair}>{count(unit.machines.inRepair)}</Term>
        <Term name={text.machinesAvailable} note={text.parts.available}>
          {count(unit.machines.available)}
        </Term>
        <Term name={text.machinesWorking}>{count(unit.machines.working)}</Term>
        <Term name={text.terminalShare} note={text.terminalShareHint}>
          {percent(unit.terminalShare)}
        </Term>
      </Sum>
      <h3>{text.machine.state}</h3>
      <Sum>
        {markStates.map(state => (
          <Term
            key={state}
            name={
              <span class="with-mark">
                <StateMark state={state} /> {text.states[state]}
              </span>
            }
          >
            {count(states.get(state) ?? 0)}
          </Term>
        ))}
        {isRoot && <Term name={text.lists.noPosition}>{count(Math.max(0, unit.machines.registered - sending))}</Term>}
      </Sum>
      <button
        type="button"
        class="button"
        onClick={() => {
          desk.badge.value = null;
          openDrawer({ kind: 'machines' });
        }}
      >
        {text.parts.seeMachines}
      </button>
    </>
  );
}

/** Machines that are in the unit now or belong to it, by the state that is shown. */
function statesIn(unit: UnitNow, view: LiveView | null, isRoot: boolean): Map<MarkState, number> {
  const states = new Map<MarkState, number>();
  if (view === null) return states;
  for (const row of view.machines.values()) {
    if (!isRoot && row[8] !== unit.code && view.cards.get(row[0])?.division !== unit.code) continue;
    const state = shownState(row, view.asOf);
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return states;
}
