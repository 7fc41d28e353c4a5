import type { ForecastBrief } from '../../shared/forecast.ts';
import type { LiveOperation } from '../../shared/progress.ts';
import { words } from '../language/language.ts';
import { forecastWords } from './words.ts';

/** 6/15 */
export const monthDay = (day: string): string => `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`;

export const wholePercent = (share: number | null): string => (share === null ? '—' : `${Math.round(share * 100)}%`);

/** Late, or in time: by the middle forecast against the deadline. Null: there is no day to hold against it. */
export function isLate({ state, p50, deadline }: Pick<ForecastBrief, 'state' | 'p50' | 'deadline'>): boolean | null {
  if (state === 'noMachines' || state === 'overdue') return true;
  if (state === 'noData' || state === 'notBegun' || state === 'noArea') return null;
  return p50 === null || p50 > deadline;
}

/** The day on which it will be done, or why there is none. */
export function finishText({ state, p50 }: Pick<ForecastBrief, 'state' | 'p50'>): string {
  const text = forecastWords.value;
  if (state === 'done') return p50 === null ? text.states.done : `✓ ${monthDay(p50)}`;
  if (state === 'running' || state === 'overdue') return p50 === null ? text.beyond : monthDay(p50);
  return text.states[state];
}

const toneOf = (late: boolean | null): string => (late === null ? '' : late ? 'chip--late' : 'chip--ahead');

/** The finish in colour and with a sign against the deadline, the chance to be in time below it. */
export function FinishChip({ forecast }: { forecast: LiveOperation['forecast'] }) {
  if (forecast === null) return <span class="muted">—</span>;
  const late = isLate(forecast);
  const isOpen = forecast.state === 'running';
  return (
    <span class="finish">
      <span class={`chip ${toneOf(late)}`}>
        {late === true && forecast.state !== 'noMachines' ? '▾ ' : ''}
        {finishText(forecast)}
      </span>
      {isOpen && <small>{wholePercent(forecast.chanceInTime)}</small>}
    </span>
  );
}

/** What a screen reader, or a mouse that waits, is told. */
export function finishTitle(name: string, forecast: LiveOperation['forecast']): string {
  const text = forecastWords.value;
  if (forecast === null) return text.open;
  const chance = forecast.chanceInTime === null ? '' : ` · ${text.chance} ${wholePercent(forecast.chanceInTime)}`;
  const deadline = `${words.value.deadline} ${monthDay(forecast.deadline)}`;
  return `${name} · ${text.expectedDone} ${finishText(forecast)}${chance} · ${deadline} · ${text.open}`;
}
