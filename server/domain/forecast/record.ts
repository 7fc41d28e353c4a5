import type { Forecast } from '../../../shared/forecast.ts';
import { addDays, type Day } from '../../../shared/season.ts';

const DAYS_AHEAD = [1, 3, 5];
/** Figures come rounded to a tenth. */
const ROUNDING_MU = 0.1;

export interface RecordRow {
  daysAhead: number;
  forecasts: number;
  /** How often what came lay within P10–P90. */
  held: number;
  /** Mean distance of what came from P50, mu. */
  meanErrorMu: number;
}

/** How forecasts made at the end of past days did against what came one, three and five days later. Of what was done, nothing is counted. */
export function recordOf(
  replays: readonly { day: Day; forecast: Pick<Forecast, 'byDay'> }[],
  came: readonly { date: Day; doneMu: number }[],
): RecordRow[] {
  const doneOn = new Map(came.map(({ date, doneMu }) => [date, doneMu]));
  return DAYS_AHEAD.map(daysAhead => {
    const pairs = replays.flatMap(({ day, forecast }) => {
      const then = addDays(day, daysAhead);
      const foreseen = forecast.byDay.find(row => row.date === then);
      const done = doneOn.get(then);
      return foreseen && done !== undefined ? [{ foreseen, done }] : [];
    });
    const held = pairs.filter(({ foreseen: { p10, p90 }, done }) => done >= p10 - ROUNDING_MU && done <= p90 + ROUNDING_MU).length;
    const error = pairs.reduce((sum, { foreseen, done }) => sum + Math.abs(done - foreseen.p50), 0);
    return { daysAhead, forecasts: pairs.length, held, meanErrorMu: pairs.length > 0 ? Math.round((10 * error) / pairs.length) / 10 : 0 };
  });
}
