import { mu } from '../state/format.ts';
import { monthDay } from './finish.tsx';
import { type ChartInput, scaleOf } from './scale.ts';
import { forecastWords } from './words.ts';

const WIDTH = 360;
const HEIGHT = 190;
const BOX = { left: 34, top: 10, width: WIDTH - 46, height: HEIGHT - 36 };
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** Done so far, the fan of what is foreseen, the deadline; in a replay also what came. */
export function ForecastChart(input: ChartInput) {
  const text = forecastWords.value;
  const { days, byDay, deadline, totalMu, came = [] } = input;
  const { x, y, ticks } = scaleOf(input, BOX);
  const at = (date: string, area: number) => `${x(date).toFixed(1)},${y(totalMu > 0 ? area / totalMu : 0).toFixed(1)}`;
  const last = days.at(-1);
  const line = (rows: readonly string[]) => rows.join(' ');
  const from = last ? [at(last.date, last.doneMu)] : [];
  // A day that is not over begins the fan where the known line ends.
  const ahead = byDay.filter(({ date }) => !last || date > last.date);
  const band = [...from, ...ahead.map(row => at(row.date, row.p90)), ...[...ahead].reverse().map(row => at(row.date, row.p10))];
  const finish = byDay.find(({ p50 }) => p50 >= 0.999 * totalMu)?.date;
  return (
    <figure class="forecast-chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={text.chartLabel(mu(last?.doneMu ?? 0), finish ? monthDay(finish) : text.beyond, monthDay(deadline))}
      >
        {SHARES.map(share => (
          <g key={share}>
            <line class="forecast-chart__grid" x1={BOX.left} x2={BOX.left + BOX.width} y1={y(share)} y2={y(share)} />
            <text x={BOX.left - 5} y={y(share) + 3.5} text-anchor="end">
              {share * 100}%
            </text>
          </g>
        ))}
        {ticks.map(day => (
          <text key={day} x={x(day)} y={HEIGHT - 8} text-anchor="middle">
            {monthDay(day)}
          </text>
        ))}
        {band.length > 2 && <polygon class="forecast-chart__band" points={line(band)} />}
        {ahead.length > 0 && (
          <polyline class="forecast-chart__median" points={line([...from, ...ahead.map(row => at(row.date, row.p50))])} />
        )}
        <polyline class="forecast-chart__done" points={line(days.map(row => at(row.date, row.doneMu)))} />
        {days.map(row => (
          <circle key={row.date} class="forecast-chart__dot" cx={x(row.date)} cy={y(totalMu > 0 ? row.doneMu / totalMu : 0)} r="2.4" />
        ))}
        {came.map(row => (
          <path key={row.date} class="forecast-chart__came" d={crossAt(x(row.date), y(totalMu > 0 ? row.doneMu / totalMu : 0))} />
        ))}
        <line class="forecast-chart__deadline" x1={x(deadline)} x2={x(deadline)} y1={BOX.top} y2={BOX.top + BOX.height} />
      </svg>
      <figcaption>
        <span class="forecast-key forecast-key--done">{text.legend.done}</span>
        <span class="forecast-key forecast-key--median">{text.legend.median}</span>
        <span class="forecast-key forecast-key--band">{text.legend.band}</span>
        <span class="forecast-key forecast-key--deadline">{text.legend.deadline}</span>
        {came.length > 0 && <span class="forecast-key forecast-key--came">✕ {text.legend.came}</span>}
      </figcaption>
    </figure>
  );
}

const crossAt = (x: number, y: number): string => `M${x - 3} ${y - 3}l6 6m0 -6l-6 6`;
