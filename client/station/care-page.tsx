import type { MaintenanceRow } from '../../shared/maintenance.ts';
import { newId } from '../connection/new-id.ts';
import { careWords } from '../language/care.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { Failure, Quiet } from '../panels/message.tsx';
import { count } from '../state/format.ts';
import { bayWords } from './bay-words.ts';
import { useCopied } from './copied.ts';
import { DeedNotes } from './deed-notes.tsx';
import type { StationDesk } from './station-desk.ts';

/** Care that is due by hours or mu, the most overdue first; a tick is one tap. */
export function CarePage({ desk, station }: { desk: StationDesk; station: string }) {
  const text = bayWords.value;
  const { copied, failed, reload } = useCopied(desk, 'maintenance', { station });
  const deeds = desk.outgoing.deeds.value.filter(deed => deed.route === 'tickMaintenance');
  const isDone = (row: MaintenanceRow) => deeds.some(({ body }) => body.machine === row.machine && body.task === row.task);
  const tick = ({ machine, task }: MaintenanceRow) => {
    const id = newId();
    return desk.outgoing.do('tickMaintenance', { id, body: { id, machine, task, at: desk.instant() } });
  };
  if (!copied) return failed ? <Failure code={failed} retry={reload} /> : <Quiet>{words.value.loading}</Quiet>;
  const rows = copied.value.rows.filter(row => !isDone(row));
  return (
    <>
      {copied.isStale && <p class="note note--late">{text.stale}</p>}
      <DeedNotes desk={desk} deeds={deeds} />
      {rows.length === 0 && <Quiet>{text.care.none}</Quiet>}
      <ul class="bay">
        {rows.map(row => (
          <li key={`${row.machine}${row.task}`} class="bay__row">
            <span class="bay__what">
              <b>
                <bdi>{row.plate}</bdi> · {careWords.value.tasks[row.task]}
              </b>
              <span>
                {words.value.kinds[row.kind]}
                {row.operatorName && ` · ${row.operatorName}`}
                {row.last && ` · ${text.care.last(whenText(row.last.at, desk.now.value), row.last.by)}`}
              </span>
            </span>
            <span class="bay__figure">
              <span class={`chip chip--${row.state === 'due' ? 'waiting' : 'started'}`}>{careWords.value.states[row.state]}</span>
              <span>{careWords.value.progress[row.unit](count(row.since), count(row.every))}</span>
            </span>
            <button type="button" class="button bay__act" onClick={() => void tick(row)}>
              ✓ {text.care.done}
            </button>
          </li>
        ))}
      </ul>
      <p class="quiet">{careWords.value.estimated}</p>
    </>
  );
}
