import { addDays, dayOf, dayStart } from '../../../shared/season.ts';

const HOUR_MS = 3_600_000;

/** Hours from `now` until so many hours of work are done, when work stands still outside the workable hours of a day. */
export function hoursUntilDone(now: number, workH: number, hoursOfDay: { from: number; to: number }): number {
  let left = workH;
  for (let day = dayOf(now); hoursOfDay.to > hoursOfDay.from; day = addDays(day, 1)) {
    const opens = Math.max(now, dayStart(day) + hoursOfDay.from * HOUR_MS);
    const openH = Math.max(0, (dayStart(day) + hoursOfDay.to * HOUR_MS - opens) / HOUR_MS);
    if (left <= 0) return 0;
    if (left <= openH) return (opens - now) / HOUR_MS + left;
    left -= openH;
  }
  return workH;
}
