import { openDrawer } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { careWords } from '../language/care.ts';
import { whenText } from '../language/dates.ts';
import { faultWords } from '../language/faults.ts';
import { count } from '../state/format.ts';

/** What care a machine needs by what it worked, and what was repaired on it. */
export function MachineCare({ id, now }: { id: string; now: number }) {
  const text = careWords.value;
  const care = useAnswer('maintenance', { machine: id }).value;
  const past = useAnswer('machineRepairs', { id }).value;
  if (care.state !== 'ready') return null;
  const repairs = past.state === 'ready' ? past.value.repairs : [];
  return (
    <>
      <h3>{text.title}</h3>
      <ul class="plain-list">
        {care.value.rows.map(row => (
          <li key={row.task} class="row row--plain">
            <span>{text.tasks[row.task]}</span>
            <span class="row__figure">{text.progress[row.unit](count(row.since), count(row.every))}</span>
            <span class={row.state === 'due' ? '' : 'muted'}>
              {row.state === 'due' && '! '}
              {text.states[row.state]}
            </span>
          </li>
        ))}
      </ul>
      <p class="muted">{text.estimated}</p>
      {repairs.length > 0 && (
        <>
          <h3>{text.repairs(repairs.length)}</h3>
          <ul class="plain-list">
            {repairs.slice(0, 10).map(repair => (
              <li key={repair.id}>
                <button type="button" class="row row--plain" onClick={() => openDrawer({ kind: 'repair', id: repair.id })}>
                  <span>{faultWords.value[repair.fault]}</span>
                  <span class="muted">{whenText(repair.calledAt, now)}</span>
                  <span>{repair.stationName}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
