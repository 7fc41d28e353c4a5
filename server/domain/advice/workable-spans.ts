import { addDays, type Day, dayOf, dayStart } from '../../../shared/season.ts';
import type { WorkableSpans } from './plan-problem.ts';

const HOUR = 3_600_000;
/** On a day with so much rain nothing is cut or sown. */
const RAIN_MM = 5;
/** The morning after, so many hours are waited for the ground. */
const WAIT_H = { wheeled: 6, tracked: 2 } as const;

/**
 * The hours of the days ahead in which work is possible, counted from now: the season's own, without days of rain, and later on the
 * morning after one.
 */
export function workableSpans({
  now,
  hoursOfDay,
  days,
  rainOf,
}: {
  now: number;
  hoursOfDay: { from: number; to: number };
  days: number;
  rainOf: (day: Day) => number | null;
}): WorkableSpans {
  const spans = (drive: 'wheeled' | 'tracked') =>
    Array.from({ length: days }, (_, at) => addDays(dayOf(now), at)).flatMap(day => {
      if ((rainOf(day) ?? 0) >= RAIN_MM) return [];
      const waitH = (rainOf(addDays(day, -1)) ?? 0) >= RAIN_MM ? WAIT_H[drive] : 0;
      const begin = (dayStart(day) - now) / HOUR;
      const fromH = Math.max(0, begin + hoursOfDay.from + waitH);
      const toH = begin + hoursOfDay.to;
      return toH - fromH > 1e-6 ? [{ fromH, toH }] : [];
    });
  return { wheeled: spans('wheeled'), tracked: spans('tracked') };
}
