import type { RepairShown } from '../../shared/repair.ts';
import { lastStep } from '../../shared/repair-steps.ts';
import { faultWords } from '../language/faults.ts';
import { words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import { FaultIcon } from '../panels/fault-icon.tsx';
import { moveFocus } from '../panels/list-keys.ts';
import { ageOf, timeNear } from '../state/format.ts';
import { repairState } from '../state/repair-state.ts';
import { show, shown } from './address.ts';
import { overdueText } from './stage-part.tsx';
import type { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';

/** How long it has waited, or is worked on, or took. */
export function spanText(repair: RepairShown, now: number): string {
  const text = stationWords.value;
  const span = (from: number, to: number) => words.value.span(ageOf(from, to));
  if (repair.finishedAt !== null) return text.took(span(repair.startedAt ?? repair.calledAt, repair.finishedAt));
  return repair.startedAt === null ? text.waited(span(repair.calledAt, now)) : text.inWork(span(repair.startedAt, now));
}

/** Repairs, one row each; tapping one opens its card. */
export function Queue({ desk, repairs }: { desk: StationDesk; repairs: readonly RepairShown[] }) {
  const { card } = shown.value;
  const now = desk.now.value;
  return (
    <ul class="queue" onKeyDown={moveFocus}>
      {repairs.map(repair => {
        const kept = desk.outgoing.keptOf(repair.id);
        const state = repairState(repair);
        const isOpen = card?.kind === 'repair' && card.id === repair.id;
        return (
          <li key={repair.id}>
            <button
              type="button"
              class={`queue__row ${isOpen ? 'queue__row--open' : ''}`}
              aria-current={isOpen}
              onClick={() => show({ card: { kind: 'repair', id: repair.id } })}
            >
              <FaultIcon fault={repair.fault} size={34} />
              <span class="queue__what">
                <b>
                  <bdi>{repair.plate}</bdi>
                </b>
                <span>
                  {faultWords.value[repair.fault]}
                  {repair.operatorName && ` · ${repair.operatorName}`}
                </span>
              </span>
              <span class="queue__when">
                <span class={`chip chip--${state}`}>{repairWords.value.stages[lastStep(repair.steps).stage]}</span>
                <span>{repair.finishedAt === null ? spanText(repair, now) : timeNear(repair.finishedAt, now)}</span>
              </span>
              {overdueText(repair, now) && <span class="queue__late">! {overdueText(repair, now)}</span>}
              {kept && (
                <span class="queue__unsent">
                  {kept.trouble ? '!' : '◐'} {stationWords.value.card.notSaved}
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
