import { useSignal } from '@preact/signals';
import type { ReportBoard, ReportState } from '../../shared/reporting.ts';
import { operations } from '../../shared/season.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { whenText } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { Segments } from '../panels/segments.tsx';
import { mu, timeOfDay } from '../state/format.ts';
import { bulletinWords } from './words.ts';

const EVERY_MS = 5_000;
const isOpen = (state: ReportState): boolean => state === 'due' || state === 'late';
type Row = ReportBoard['rows'][number];
const needs = (row: Row): boolean => operations.some(operation => isOpen(row[operation].state));

/** Who has not reported, since when, and whether they have read that they should. */
export function MissingTab({ division, day, mayRemind }: { division: string; day: string; mayRemind: boolean }) {
  const answer = useAnswer('reportBoard', { division, day }, EVERY_MS).value;
  const reload = answer.state === 'ready' ? answer.reload : () => undefined;
  return <Awaited answer={answer}>{board => <Board board={board} reload={reload} mayRemind={mayRemind} />}</Awaited>;
}

function Board({ board, reload, mayRemind }: { board: ReportBoard; reload: () => void; mayRemind: boolean }) {
  const text = bulletinWords.value.board;
  const show = useSignal<'open' | 'all'>('open');
  const said = useSignal<string | null>(null);
  const busy = useSignal(false);
  const open = board.rows.filter(needs);
  const rows = show.value === 'open' ? open : board.rows;
  const remind = async (units: string[]) => {
    busy.value = true;
    try {
      await ask('remind', {}, { body: { day: board.day, units } });
      said.value = `✓ ${text.reminded(units.length)}`;
      reload();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      said.value = text.failed + words.value.problems[cause.code];
    } finally {
      busy.value = false;
    }
  };
  return (
    <section class="sheet">
      <div class="sheet__tools">
        <span>{text.lead(timeOfDay(board.dueAt))}</span>
        <Segments
          label={text.all}
          choices={[
            { value: 'open', name: `${text.onlyOpen} ${open.length}` },
            { value: 'all', name: `${text.all} ${board.rows.length}` },
          ]}
          chosen={show.value}
          choose={choice => {
            show.value = choice;
          }}
        />
        {mayRemind && open.length > 0 && (
          <button type="button" class="button button--main" disabled={busy.value} onClick={() => void remind(open.map(row => row.code))}>
            {text.remindAll(open.length)}
          </button>
        )}
        {said.value && <span role="status">{said.value}</span>}
      </div>
      {board.rows.length === 0 && <Quiet>{text.empty}</Quiet>}
      {board.rows.length > 0 && rows.length === 0 && <Quiet>✓ {text.allDone}</Quiet>}
      {rows.length > 0 && (
        <div class="sheet__scroll">
          <table class="sheet__table missing">
            <thead>
              <tr>
                <th>{text.unit}</th>
                {operations.map(operation => (
                  <th key={operation}>{words.value.operations[operation]}</th>
                ))}
                <th>{text.reminders}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={row.code}>
                  <th scope="row">
                    {nameOf(row)}
                    {row.county && <small>{row.county}</small>}
                  </th>
                  {operations.map(operation => (
                    <Operation key={operation} name={words.value.operations[operation]} of={row[operation]} now={board.now} />
                  ))}
                  <td>
                    {mayRemind && needs(row) && (
                      <button type="button" class="button" disabled={busy.value} onClick={() => void remind([row.code])}>
                        {text.remindOne}
                      </button>
                    )}
                    {row.reminders.sent > 0 && <small>{text.sent(row.reminders.sent, row.reminders.seen)}</small>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const SIGNS: Record<ReportState, string> = { reported: '✓', covered: '✓', done: '✓', due: '○', late: '!', noArea: '–' };

function Operation({ name, of: { state, last }, now }: { name: string; of: Row['harvest']; now: number }) {
  const text = bulletinWords.value.board;
  const tone = state === 'late' ? 'chip--late' : isOpen(state) || state === 'noArea' ? '' : 'chip--ahead';
  return (
    <td data-name={name}>
      <span class={`chip ${tone}`}>
        {SIGNS[state]} {text.states[state]}
      </span>
      <small>
        {last ? `${mu(last.machineMu + last.handMu)} · ${last.author} · ${whenText(last.at, now)}` : state === 'noArea' ? '' : text.never}
      </small>
    </td>
  );
}
