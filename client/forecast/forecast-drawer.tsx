import { useEffect, useRef } from 'preact/hooks';
import { type Operation, operations } from '../../shared/season.ts';
import { openDrawer } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { useNews } from '../connection/news.ts';
import { whenText } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import { Drawer } from '../panels/drawer.tsx';
import { Awaited } from '../panels/message.tsx';
import { Segments } from '../panels/segments.tsx';
import type { Desk } from '../state/desk.ts';
import { ForecastChart } from './forecast-chart.tsx';
import { ForecastFacts, ForecastNotes } from './forecast-facts.tsx';
import { ForecastTerms } from './forecast-terms.tsx';
import { saveSeries } from './save-series.ts';
import { forecastWords } from './words.ts';
import './forecast.css';

const EVERY_MS = 30_000;

/** When a unit will be through, and why: all terms of the forecast. */
export function ForecastDrawer({ division, operation, now, desk }: { division: string; operation: Operation; now: number; desk: Desk }) {
  const text = forecastWords.value;
  const answer = useAnswer('forecast', { division, operation }, EVERY_MS).value;
  const news = useNews(desk.root).value.counts.forecasts;
  const reload = useRef<(() => void) | null>(null);
  reload.current = answer.state === 'ready' ? answer.reload : null;
  useEffect(() => reload.current?.(), [news]);
  const unitName = (code: string) => {
    const unit = desk.divisions.get(code);
    return unit ? nameOf(unit) : code;
  };
  return (
    <Drawer title={text.title(unitName(division), words.value.operations[operation])}>
      <Segments
        label={text.expectedDone}
        choices={operations.map(value => ({ value, name: words.value.operations[value] }))}
        chosen={operation}
        choose={value => openDrawer({ kind: 'forecast', operation: value })}
      />
      <Awaited answer={answer}>
        {({ forecast, series, at }) => (
          <div class="forecast">
            <ForecastFacts forecast={forecast} series={series} />
            <ForecastNotes forecast={forecast} />
            {series.totalMu > 0 && series.days.length > 0 && (
              <>
                <h3>{text.chart}</h3>
                <ForecastChart days={series.days} byDay={forecast.byDay} deadline={series.deadline} totalMu={series.totalMu} />
              </>
            )}
            <ForecastTerms forecast={forecast} series={series} unitName={unitName} />
            <p class="muted">{text.madeAt(whenText(at, now))}</p>
            <button type="button" class="button" title={text.downloadHow} onClick={() => saveSeries(series, division)}>
              {text.download}
            </button>
          </div>
        )}
      </Awaited>
    </Drawer>
  );
}
