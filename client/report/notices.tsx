import { useEffect } from 'preact/hooks';
import type { ReportForm } from '../../shared/reporting.ts';
import { ask } from '../connection/http.ts';
import type { Session } from '../connection/session.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { mu } from '../state/format.ts';
import type { KeptReports } from './kept-reports.ts';
import { reportWords } from './words.ts';

/** What the dispatcher asks for, above everything else. Shown to a clerk it counts as seen. */
export function Reminders({ form, session, open }: { form: ReportForm; session: Session; open: (unit: string) => void }) {
  const text = reportWords.value;
  const unseen = form.reminders.filter(reminder => reminder.seen === null).map(reminder => reminder.id);
  useEffect(() => {
    // Whoever else looks in has not read it in the clerk's place. Not told now, it is told with the next look.
    if (session.role === 'clerk' && unseen.length > 0) void ask('seeReminders', {}, { body: { ids: unseen } }).catch(() => undefined);
  }, [unseen.join()]);
  const newest = form.reminders[0];
  if (!newest) return null;
  const units = new Map(form.reminders.map(reminder => [reminder.division, reminder.name]));
  return (
    <div class="report-reminder" role="alert">
      <p>
        <b>🔔 {text.reminder(newest.author, [...units.values()].join('、'))}</b>
        <small>{whenText(newest.at, form.now)}</small>
      </p>
      {[...units]
        .filter(([code]) => code !== form.unit.code)
        .slice(0, 4)
        .map(([code, name]) => (
          <button key={code} type="button" class="button" onClick={() => open(code)}>
            {text.openUnit} {name}
          </button>
        ))}
    </div>
  );
}

/** What could not be sent yet: said, listed, tried again. */
export function Waiting({ kept }: { kept: KeptReports }) {
  const text = reportWords.value;
  const waiting = Object.entries(kept.waiting.value);
  if (waiting.length === 0 || (kept.busy.value && kept.held.value === null)) return null;
  return (
    <div class="report-waiting" role="alert">
      <p>
        <b>{kept.held.value === 'unauthenticated' ? text.waitingSignIn : text.waiting(waiting.length)}</b>
      </p>
      {!kept.isKept.value && <p>{text.notKept}</p>}
      <ul>
        {waiting.map(([key, { input, unitName }]) => (
          <li key={key}>
            <span>{text.waitingList(unitName, words.value.operations[input.operation], mu(input.machineMu), mu(input.handMu))}</span>
            <button type="button" class="link" onClick={() => kept.discard(key)}>
              {text.discard}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="button" disabled={kept.busy.value} onClick={() => void kept.flush()}>
        {text.retryNow}
      </button>
    </div>
  );
}
