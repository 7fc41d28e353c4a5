import { useSignal } from '@preact/signals';
import { addDays, type Day } from '../../shared/season.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask } from '../connection/http.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { changesOf, pasted, type RainDraft } from './rain-draft.ts';
import { RainTable } from './rain-table.tsx';
import { weatherWords } from './words.ts';

const EVERY_MS = 30_000;
const DAYS = 14;

/** Rain by unit and day, typed or pasted; what was typed waits until it is saved. */
export function RainGrid() {
  const text = weatherWords.value.grid;
  const from = useSignal<Day | null>(null);
  const draft = useSignal<RainDraft>(new Map());
  const said = useSignal<{ late: boolean; text: string } | null>(null);
  const busy = useSignal(false);
  const answer = useAnswer('rain', { days: DAYS, ...(from.value && { from: from.value }) }, EVERY_MS).value;
  return (
    <section class="weather-tab">
      <p class="muted">{text.lead}</p>
      <Awaited answer={answer}>
        {shown => {
          if (shown.units.length === 0) return <Quiet>{text.empty}</Quiet>;
          const { rows, wrong } = changesOf(shown, draft.value);
          const mayWrite = shown.units.some(unit => unit.mayWrite);
          const save = async () => {
            busy.value = true;
            try {
              const { changed } = await ask('putRain', {}, { body: { rows } });
              draft.value = new Map();
              said.value = { late: false, text: text.saved(changed) };
              if (answer.state === 'ready') answer.reload();
            } catch {
              said.value = { late: true, text: text.failed };
            } finally {
              busy.value = false;
            }
          };
          return (
            <>
              <div class="weather-tools">
                <button type="button" class="button" onClick={() => move(-7, shown.days[0])} disabled={draft.value.size > 0}>
                  ← {text.earlier}
                </button>
                <button type="button" class="button" onClick={() => move(7, shown.days[0])} disabled={draft.value.size > 0}>
                  {text.later} →
                </button>
                {mayWrite ? (
                  <>
                    <button
                      type="button"
                      class="button button--main"
                      onClick={save}
                      disabled={busy.value || wrong > 0 || rows.length === 0}
                    >
                      {rows.length === 0 ? text.nothing : text.save(rows.length)}
                    </button>
                    {draft.value.size > 0 && (
                      <button type="button" class="button" onClick={() => write(new Map())}>
                        {text.undo}
                      </button>
                    )}
                  </>
                ) : (
                  <span class="muted">{text.readOnly}</span>
                )}
              </div>
              {wrong > 0 && <p class="note note--late">{text.wrongCells(wrong)}</p>}
              {said.value && (
                <p class={`note ${said.value.late ? 'note--late' : ''}`} role="status">
                  {said.value.text}
                </p>
              )}
              <RainTable
                answer={shown}
                draft={draft.value}
                write={(key, typed) => write(new Map(draft.value).set(key, typed))}
                paste={(row, column, block) => {
                  const laid = pasted(shown, draft.value, { row, column, text: block });
                  draft.value = laid.draft;
                  said.value = laid.outside > 0 ? { late: true, text: text.pastedOutside(laid.outside) } : null;
                }}
              />
            </>
          );
        }}
      </Awaited>
    </section>
  );

  function write(next: RainDraft): void {
    draft.value = next;
    said.value = null;
  }

  function move(days: number, first: Day): void {
    from.value = addDays(first, days);
  }
}
