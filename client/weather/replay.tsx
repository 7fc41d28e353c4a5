import { useSignal } from '@preact/signals';
import type { RouteOutput } from '../../shared/rest.ts';
import { addDays, bulletinDayOf, type Day, type Operation } from '../../shared/season.ts';
import { useAnswer } from '../connection/answer.ts';
import { monthDay } from '../forecast/finish.tsx';
import { ForecastChart } from '../forecast/forecast-chart.tsx';
import { ForecastFacts, ForecastNotes } from '../forecast/forecast-facts.tsx';
import { words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { mu, percent } from '../state/format.ts';
import { weatherWords } from './words.ts';

interface ReplayParts {
  division: string;
  operation: Operation;
  /** Season time. */
  now: number;
  firstDay: Day;
}

/** A past day's forecast, made again, against what came. */
export function ReplayTab({ division, operation, now, firstDay }: ReplayParts) {
  const text = weatherWords.value.replay;
  const chosen = useSignal<Day | null>(null);
  const last = addDays(bulletinDayOf(now), -1);
  const days = Array.from({ length: 25 }, (_, back) => addDays(last, -back)).filter(day => day >= firstDay);
  const day = chosen.value !== null && days.includes(chosen.value) ? chosen.value : (days[Math.min(1, days.length - 1)] ?? null);
  return (
    <section class="weather-tab">
      <p class="muted">{text.lead}</p>
      {day === null ? (
        <Quiet>{text.empty}</Quiet>
      ) : (
        <>
          <div class="weather-tools">
            <label>
              {text.day}{' '}
              <select
                class="select"
                value={day}
                onChange={event => {
                  chosen.value = event.currentTarget.value;
                }}
              >
                {days.map(one => (
                  <option key={one} value={one}>
                    {monthDay(one)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <Replayed key={`${division}|${operation}|${day}`} division={division} operation={operation} day={day} />
        </>
      )}
    </section>
  );
}

function Replayed({ division, operation, day }: { division: string; operation: Operation; day: Day }) {
  const answer = useAnswer('replay', { division, operation, day }).value;
  const text = weatherWords.value.replay;
  return (
    <Awaited answer={answer}>
      {({ series, forecast, came, record }) => (
        <div class="replay">
          <div class="forecast">
            <h2>{text.foreseen}</h2>
            <ForecastFacts forecast={forecast} series={series} />
            <ForecastNotes forecast={forecast} />
          </div>
          <div>
            {series.totalMu > 0 && series.days.length > 0 && (
              <ForecastChart days={series.days} byDay={forecast.byDay} deadline={series.deadline} totalMu={series.totalMu} came={came} />
            )}
            <Came came={came} byDay={forecast.byDay} />
            <Record record={record} />
          </div>
        </div>
      )}
    </Awaited>
  );
}

function Came({ came, byDay }: { came: RouteOutput<'replay'>['came']; byDay: RouteOutput<'replay'>['forecast']['byDay'] }) {
  const text = weatherWords.value.replay;
  if (came.length === 0) return null;
  return (
    <>
      <h2>{text.came}</h2>
      <div class="replay__scroll">
        <table class="grid">
          <thead>
            <tr>
              {Object.values(text.cameHead).map(name => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {came.map(({ date, doneMu }) => {
              const then = byDay.find(row => row.date === date);
              const isIn = then && doneMu >= then.p10 - 0.1 && doneMu <= then.p90 + 0.1;
              return (
                <tr key={date}>
                  <td>{monthDay(date)}</td>
                  <td>{words.value.area(mu(doneMu))}</td>
                  <td>{then ? words.value.area(mu(then.p50)) : '—'}</td>
                  <td>
                    {then ? (
                      <span class={`chip ${isIn ? 'chip--ahead' : 'chip--late'}`}>{isIn ? `✓ ${text.inside}` : `✕ ${text.outside}`}</span>
                    ) : (
                      '—'
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Record({ record }: { record: RouteOutput<'replay'>['record'] }) {
  const text = weatherWords.value.replay;
  return (
    <>
      <h2>{text.record}</h2>
      <div class="replay__scroll">
        <table class="grid">
          <thead>
            <tr>
              {['', text.forecasts, text.held, text.error].map(name => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {record.map(row => (
              <tr key={row.daysAhead}>
                <td>{text.ahead(row.daysAhead)}</td>
                <td>{row.forecasts}</td>
                <td>{row.forecasts === 0 ? text.none : `${row.held} · ${percent(row.held / row.forecasts)}`}</td>
                <td>{row.forecasts === 0 ? '—' : words.value.area(mu(row.meanErrorMu))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">{text.recordHow}</p>
    </>
  );
}
