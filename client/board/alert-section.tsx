import { useSignal } from '@preact/signals';
import type { Alert } from '../../shared/alert.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { Answer } from '../connection/answer.ts';
import { alertSentence, alertSubject } from '../notices/alert-sentence.ts';
import { alertWords } from '../notices/alert-words.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { type BoardParts, choose, isChosen, unitName } from './board-parts.ts';
import { holds, ListTools, Panel, Row } from './panel.tsx';
import { Since } from './since.tsx';
import { boardWords } from './words.ts';

type Sort = 'urgent' | 'newest' | 'rule';

export interface AlertParts extends BoardParts {
  answer: Answer<RouteOutput<'alerts'>>;
  acknowledge: (id: string) => void;
  /** The last one could not be noted. */
  hasFailed: boolean;
}

/** What the rules found: those that nobody has noted first; `a` notes the chosen one. */
export function AlertSection({ answer, acknowledge, hasFailed, desk, now, chosen }: AlertParts) {
  const text = boardWords.value;
  const phrases = alertWords.value;
  const { rules } = phrases;
  const nameAt = (code: string): string => unitName(desk, code);
  const filter = useSignal('');
  const sort = useSignal<Sort>('urgent');
  const all = answer.state === 'ready' ? answer.value.alerts : [];
  const open = all.filter(({ acknowledged }) => acknowledged === null).length;
  const shown = arranged(all, sort.value).filter(one =>
    holds(filter.value, alertSubject(one, nameAt), rules[one.rule], nameAt(one.division)),
  );
  return (
    <Panel
      name="alerts"
      count={answer.state === 'ready' ? text.rows(open, all.length) : undefined}
      tools={
        <ListTools
          filter={filter.value}
          onFilter={typed => {
            filter.value = typed;
          }}
          sort={sort.value}
          sorts={text.alerts.sort}
          onSort={wanted => {
            sort.value = wanted;
          }}
        />
      }
    >
      {hasFailed && (
        <p class="note note--late" role="alert">
          {text.alerts.notDone}
        </p>
      )}
      <Awaited answer={answer}>
        {() => (
          <>
            {all.length === 0 && <Quiet>{text.alerts.empty}</Quiet>}
            {all.length > 0 && shown.length === 0 && <Quiet>{text.noMatch}</Quiet>}
            {shown.map(alert => (
              <div class="alert" key={alert.id}>
                <Row
                  class={`board-row--alert ${alert.acknowledged ? 'board-row--noted' : ''}`}
                  isChosen={isChosen(chosen, 'alert', alert.id)}
                  onChoose={() => choose('alert', alert.id)}
                  data={alert.id}
                >
                  <b>
                    {alert.level === 2 && <span class="chip chip--late">{text.alerts.escalated}</span>} {rules[alert.rule]}{' '}
                    {alertSubject(alert, nameAt)}
                  </b>
                  <Since at={alert.since} now={now} isLong={false} />
                  <span class="board-row__rest">{alertSentence(phrases, alert, nameAt)}</span>
                  {alert.acknowledged && <span class="board-row__rest">{text.alerts.acknowledged(alert.acknowledged.by)}</span>}
                </Row>
                {!alert.acknowledged && (
                  <button
                    type="button"
                    class="button alert__note"
                    aria-label={`${text.alerts.acknowledge}: ${alert.subjectName}`}
                    title={`${text.alerts.acknowledge} (a)`}
                    onClick={() => acknowledge(alert.id)}
                  >
                    ✓
                  </button>
                )}
              </div>
            ))}
          </>
        )}
      </Awaited>
    </Panel>
  );
}

/** The server's order stands for `urgent`; what it cannot know yet goes to the end. */
function arranged(alerts: readonly Alert[], sort: Sort): readonly Alert[] {
  if (sort === 'newest') return [...alerts].sort((one, other) => other.since - one.since);
  if (sort === 'rule') return [...alerts].sort((one, other) => one.rule.localeCompare(other.rule) || other.since - one.since);
  return alerts;
}
