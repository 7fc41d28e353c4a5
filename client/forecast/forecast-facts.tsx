import type { Forecast, Series } from '../../shared/forecast.ts';
import { shortDay } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { count } from '../state/format.ts';
import { isLate, wholePercent } from './finish.tsx';
import { forecastWords } from './words.ts';

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The answer: when, with which chance, how many machines it takes. */
export function ForecastFacts({ forecast, series }: { forecast: Forecast; series: Series }) {
  const text = forecastWords.value;
  const { state, finish, chanceInTime } = forecast;
  const { deadline } = series;
  const late = isLate({ state, p50: finish.p50, deadline });
  const hasDay = state === 'running' || state === 'overdue' || state === 'done';
  const off = finish.p50 === null ? null : daysBetween(deadline, finish.p50);
  return (
    <>
      <div class="totals">
        <div>
          <b>{hasDay ? (finish.p50 === null ? text.beyond : shortDay(finish.p50)) : text.states[state]}</b>
          <span>{state === 'done' ? text.states.done : text.expectedDone}</span>
          {late !== null && off !== null && (
            <span class={`chip ${late ? 'chip--late' : 'chip--ahead'}`}>{off > 0 ? `▾ ${text.late(off)}` : text.onTime(-off)}</span>
          )}
        </div>
        <div>
          <b>{wholePercent(chanceInTime)}</b>
          <span>
            {text.chance} · {words.value.deadline} {shortDay(deadline)}
          </span>
        </div>
      </div>
      {state === 'running' || state === 'overdue' ? (
        <dl class="facts">
          {(['p10', 'p50', 'p90'] as const).map(which => (
            <div class="fact" key={which}>
              <dt>{which.toUpperCase()}</dt>
              <dd>
                {finish[which] === null ? text.beyond : shortDay(finish[which])} <small>{text.finish[which]}</small>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <Needed forecast={forecast} />
    </>
  );
}

function Needed({ forecast }: { forecast: Forecast }) {
  const text = forecastWords.value;
  const { machinesNeededPerDay: even, machinesNeededSafely: safe, terms, state } = forecast;
  if (even === null || state === 'done') return null;
  const now = terms?.machinesNow ?? 0;
  return (
    <>
      <h3>{text.needed}</h3>
      <div class="totals">
        <div>
          <b>{text.machines(count(even))}</b>
          <span>{text.neededEven}</span>
        </div>
        <div>
          <b>{safe === null ? '—' : text.machines(count(safe))}</b>
          <span>{text.neededSafe}</span>
        </div>
      </div>
      <p class="muted">{text.neededHow(text.machines(count(now)))}</p>
    </>
  );
}

/** What was odd, and what the answer rests on, in the reader's language. */
export function ForecastNotes({ forecast }: { forecast: Forecast }) {
  const text = forecastWords.value;
  return (
    <>
      {forecast.notes.map(({ code, values }) => (
        <p class="note" key={code}>
          {text.note[code](values)}
        </p>
      ))}
    </>
  );
}
