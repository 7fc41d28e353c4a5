import type { Forecast, Series } from '../../shared/forecast.ts';
import { words } from '../language/language.ts';
import { Sum, Term } from '../panels/sum.tsx';
import { count, mu, percent } from '../state/format.ts';
import { monthDay, wholePercent } from './finish.tsx';
import { forecastWords } from './words.ts';

/** Every term of the sum, and the days ahead one by one. */
export function ForecastTerms({ forecast, series, unitName }: ForecastTermsParts) {
  const text = forecastWords.value;
  const { terms } = forecast;
  if (!terms) return null;
  const { muPerMachineDay: rate, priorMuPerMachineDay: prior } = terms;
  const area = (value: number) => words.value.area(mu(value));
  return (
    <>
      <h3>{text.terms}</h3>
      <Sum>
        <Term name={text.remaining} note={text.of(area(series.totalMu))}>
          {area(terms.remainingMu)}
        </Term>
        <Term name={text.machinesNow} note={text.machinesHow}>
          {terms.machinesNow === null ? '—' : text.machines(count(terms.machinesNow))}
        </Term>
        <Term name={text.rate} note={text.rateRange(mu(rate.p10), mu(rate.p90))}>
          {area(rate.p50)}
        </Term>
        <Term name={text.prior} note={priorNote(terms.priorFrom, unitName)}>
          {area(prior.p50)}
        </Term>
        <Term name={text.priorShare} note={text.priorShareHow}>
          {wholePercent(terms.priorShare)}
        </Term>
        <Term name={text.deviation}>±{wholePercent(terms.dayToDayDeviation)}</Term>
        <Term name={text.slow} note={text.slowHow}>
          {wholePercent(Math.min(...terms.ahead.map(({ pace }) => pace)))}
        </Term>
      </Sum>
      <h3>{text.ahead}</h3>
      <div class="forecast-days">
        <table class="grid">
          <thead>
            <tr>
              {[text.day, text.rain, text.workable, text.pace, text.count, text.muDay].map(name => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {terms.ahead.map(day => (
              <tr key={day.date}>
                <td>
                  {monthDay(day.date)}
                  {day.date === series.asOf && (series.dayLeft ?? 0) > 0 && <small>{text.today}</small>}
                </td>
                <td>{day.rainMm.toFixed(1)}</td>
                <td title={percent(day.workableShare)}>{wholePercent(day.workableShare)}</td>
                <td>{wholePercent(day.pace)}</td>
                <td>{day.machines.toFixed(0)}</td>
                <td>{mu(day.mu)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">{text.outlook}</p>
    </>
  );
}

interface ForecastTermsParts {
  forecast: Forecast;
  series: Series;
  /** The name of a unit by its code. */
  unitName: (code: string) => string;
}

function priorNote(from: string | null, unitName: (code: string) => string): string {
  const text = forecastWords.value;
  if (from === 'former') return text.priorFormer;
  return from === null ? text.priorGeneral : text.priorFrom(unitName(from));
}
