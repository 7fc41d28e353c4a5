import { useSignal } from '@preact/signals';
import type { Alert } from '../../shared/alert.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { whenText } from '../language/dates.ts';
import { timeNear } from '../state/format.ts';
import { hashOf } from '../state/route.ts';
import { alertPlace } from './alert-place.ts';
import { alertSentence, alertSubject, type UnitName } from './alert-sentence.ts';
import { alertWords } from './alert-words.ts';
import './alert-row.css';

interface AlertRowParts {
  alert: Alert;
  /** The season's time now. */
  now: number;
  unitName: UnitName;
  mayAcknowledge: boolean;
  /** Opens its place beside what is shown already; absent: a link to the map. */
  onOpen?: (alert: Alert) => void;
}

/** One alert: what, about whom, since when, who knows; to be acknowledged and looked at. */
export function AlertRow({ alert, now, unitName, mayAcknowledge, onOpen }: AlertRowParts) {
  const text = alertWords.value;
  const isBusy = useSignal(false);
  const hasFailed = useSignal(false);
  const known = useSignal<Alert['acknowledged']>(null);
  const acknowledged = alert.acknowledged ?? known.value;
  const acknowledge = async () => {
    isBusy.value = true;
    hasFailed.value = false;
    try {
      known.value = (await ask('acknowledgeAlert', { id: alert.id }, { body: {} })).acknowledged;
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      hasFailed.value = true;
    }
    isBusy.value = false;
  };
  const level = alert.endedAt !== null ? 'ended' : acknowledged ? 'known' : alert.level === 2 ? 'high' : 'new';
  return (
    <article class={`alert-row alert-row--${level}`} data-rule={alert.rule}>
      <span class="alert-row__mark" aria-hidden="true">
        {{ high: '▲', new: '●', known: '✓', ended: '○' }[level]}
      </span>
      <p class="alert-row__what">
        <span class={`chip ${level === 'high' ? 'chip--late' : ''}`}>{text.rules[alert.rule]}</span>
        {level === 'high' && <span class="chip chip--late">{text.level2}</span>} <b>{alertSubject(alert, unitName)}</b>{' '}
        {alertSentence(text, alert, unitName)}
      </p>
      <p class="alert-row__when">
        {!alert.subject.startsWith('division:') && `${unitName(alert.division)} · `}
        {text.since(whenText(alert.since, now))}
        {alert.endedAt !== null && ` · ${text.ended(timeNear(alert.endedAt, now))}`}
        {acknowledged && ` · ${text.acknowledged(acknowledged.by, timeNear(acknowledged.at, now))}`}
      </p>
      <div class="alert-row__acts">
        {hasFailed.value && <span role="alert">{text.failed}</span>}
        {mayAcknowledge && level !== 'ended' && acknowledged === null && (
          <button type="button" class="button" disabled={isBusy.value} onClick={() => void acknowledge()}>
            {text.acknowledge}
          </button>
        )}
        {onOpen ? (
          <button type="button" class="button" onClick={() => onOpen(alert)}>
            {text.open}
          </button>
        ) : (
          <a class="button" href={`/${hashOf(alertPlace(alert))}`}>
            {text.open}
          </a>
        )}
      </div>
    </article>
  );
}
