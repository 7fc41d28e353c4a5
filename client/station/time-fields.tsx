import type { RepairChanges, RepairShown } from '../../shared/repair.ts';
import { repairWords } from '../language/repairs.ts';
import { fieldText, instantOf } from '../state/local-time.ts';

/** The three instants of a repair, each to be corrected by the minute. */
export function TimeFields({ repair, change }: { repair: RepairShown; change: (changes: RepairChanges) => void }) {
  const text = repairWords.value;
  const { calledAt, startedAt, finishedAt } = repair;
  const row = (name: string, at: number | null, notBefore: number | null, set: (at: number) => void) => (
    <label class="times__row">
      <span>{name}</span>
      <input
        class="station__input"
        type="datetime-local"
        value={fieldText(at)}
        onChange={event => {
          const instant = instantOf(event.currentTarget.value, notBefore);
          if (instant !== null && fieldText(instant) !== fieldText(at)) set(instant);
          else event.currentTarget.value = fieldText(at);
        }}
      />
    </label>
  );
  return (
    <div class="times">
      {row(text.calledAt, calledAt, null, at => change({ calledAt: at }))}
      {startedAt !== null && row(text.startedAt, startedAt, calledAt, at => change({ startedAt: at }))}
      {finishedAt !== null && row(text.finishedAt, finishedAt, startedAt, at => change({ finishedAt: at }))}
    </div>
  );
}
