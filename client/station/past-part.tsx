import { REWORK_MS, type RepairChanges, type RepairShown } from '../../shared/repair.ts';
import { whenText } from '../language/dates.ts';
import { faultWords } from '../language/faults.ts';
import { repairWords } from '../language/repairs.ts';
import { mu } from '../state/format.ts';
import { bayWords } from './bay-words.ts';
import { useCopied } from './copied.ts';
import { partsYuan } from './effort-part.tsx';
import type { StationDesk } from './station-desk.ts';

interface PastParts {
  repair: RepairShown;
  machine: string;
  desk: StationDesk;
  change: (changes: RepairChanges) => void;
}

/** What was done to this machine before, and whether this is the same fault again. */
export function PastPart({ repair, machine, desk, change }: PastParts) {
  const text = bayWords.value;
  const { copied } = useCopied(desk, 'machineRepairs', { id: machine });
  const now = desk.now.value;
  const past = (copied?.value.repairs ?? []).filter(({ id, calledAt }) => id !== repair.id && calledAt <= repair.calledAt);
  const same = past.find(({ fault, backAt }) => fault === repair.fault && backAt !== null && repair.calledAt - backAt < REWORK_MS);
  return (
    <>
      {repair.reworkOf !== null && (
        <p class="note">
          ↻ {text.rework.isOne}{' '}
          <button type="button" class="link" onClick={() => change({ reworkOf: null })}>
            {text.rework.no}
          </button>
        </p>
      )}
      {repair.reworkOf === null && same && (
        <p class="note">
          ↻ {text.rework.asked(whenText(same.backAt ?? same.calledAt, now))}{' '}
          <button type="button" class="button" onClick={() => change({ reworkOf: same.id })}>
            {text.rework.yes}
          </button>
        </p>
      )}
      <details class="card__more">
        <summary>
          {text.history.title} · {past.length}
        </summary>
        {past.length === 0 && <p class="muted">{text.history.none}</p>}
        <ul class="plain-list">
          {past.map(one => (
            <li key={one.id} class="past__row">
              <b>{faultWords.value[one.fault]}</b> <span class="muted">{whenText(one.calledAt, now)}</span>
              <span>
                {[
                  one.stationName,
                  one.hours !== null && text.history.hours(String(one.hours)),
                  (one.costYuan ?? 0) + partsYuan(one) > 0 && text.effort.yuan(mu((one.costYuan ?? 0) + partsYuan(one))),
                  one.reworkOf && repairWords.value.reworkOf,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <bdi class="typed">
                {[one.note, one.parts, ...one.used.map(part => `${part.name} ${part.quantity}`)].filter(Boolean).join(' · ')}
              </bdi>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
