import { useSignal } from '@preact/signals';
import { type AlertRule, alertRules } from '../../shared/alert.ts';
import { useAnswer } from '../connection/answer.ts';
import type { News } from '../connection/news.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { Segments } from '../panels/segments.tsx';
import { AlertRow } from './alert-row.tsx';
import type { UnitName } from './alert-sentence.ts';
import { alertWords } from './alert-words.ts';
import { useReloadOnNews } from './reload-on-news.ts';
import { noticeWords } from './words.ts';

const EVERY_MS = 10_000;
const states = ['open', 'ended'] as const;

/** Open alerts by weight, and those that have ended. */
export function AlertsTab({
  division,
  unitName,
  news,
  mayAcknowledge,
}: {
  division: string;
  unitName: UnitName;
  news: News;
  mayAcknowledge: boolean;
}) {
  const { alerts: text } = noticeWords.value;
  const state = useSignal<(typeof states)[number]>('open');
  const rule = useSignal<AlertRule | ''>('');
  const answer = useAnswer('alerts', { division, state: state.value }, EVERY_MS).value;
  useReloadOnNews(answer, news.counts.alerts);
  return (
    <section aria-label={noticeWords.value.tabs.alerts}>
      <div class="notices__filters">
        <Segments
          label={noticeWords.value.tabs.alerts}
          choices={states.map(value => ({ value, name: text.states[value] }))}
          chosen={state.value}
          choose={choice => {
            state.value = choice;
          }}
        />
        <label>
          <span class="muted">{text.rule}</span>{' '}
          <select
            class="select"
            value={rule.value}
            onChange={event => {
              rule.value = event.currentTarget.value as AlertRule | '';
            }}
          >
            <option value="">{text.all}</option>
            {alertRules.map(one => (
              <option key={one} value={one}>
                {alertWords.value.rules[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Awaited answer={answer}>
        {({ asOf, alerts }) => {
          const shown = alerts.filter(alert => rule.value === '' || alert.rule === rule.value);
          if (shown.length === 0)
            return <Quiet>{alerts.length > 0 ? text.noneOfRule : state.value === 'open' ? text.none : text.noneEnded}</Quiet>;
          return (
            <ul class="notices__alerts">
              {shown.map(alert => (
                <li key={alert.id}>
                  <AlertRow alert={alert} now={asOf} unitName={unitName} mayAcknowledge={mayAcknowledge} />
                </li>
              ))}
            </ul>
          );
        }}
      </Awaited>
    </section>
  );
}
