import type { Expected, Visit } from '../../../shared/reception.ts';
import { addDays, dayOf } from '../../../shared/season.ts';

/** So late a machine may still come for what it was announced, and so much earlier it may have come. */
const LATE_DAYS = 3;
const AHEAD_DAYS = 7;

export interface Span {
  /** Exclusive and inclusive, as a bulletin's day. */
  from: number;
  to: number;
}

/** Came and went in the span, and are there at its end. */
export function comings(visits: Iterable<Visit>, { from, to }: Span): { arrived: number; departed: number; present: number } {
  const counts = { arrived: 0, departed: 0, present: 0 };
  for (const { arrivedAt, departedAt } of visits) {
    if (arrivedAt > from && arrivedAt <= to) counts.arrived++;
    if (departedAt !== null && departedAt > from && departedAt <= to) counts.departed++;
    if (arrivedAt <= to && (departedAt === null || departedAt > to)) counts.present++;
  }
  return counts;
}

/** Whom a station still waits for on a day: those of the days around it who have not come since. `visits`: of the same machine. */
export function isAwaited({ day }: Pick<Expected, 'day'>, visits: readonly Pick<Visit, 'arrivedAt'>[], today: string): boolean {
  if (day < addDays(today, -LATE_DAYS) || day > addDays(today, AHEAD_DAYS)) return false;
  return !visits.some(({ arrivedAt }) => dayOf(arrivedAt) >= addDays(day, -LATE_DAYS));
}
