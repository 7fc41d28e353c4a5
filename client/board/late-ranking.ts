import type { UnitNow } from '../../shared/progress.ts';
import { type Day, dayStart, daysLeft, type Operation, operations } from '../../shared/season.ts';

/** One operation of a unit against its deadline. */
export interface Outlook {
  operation: Operation;
  /** Null: nothing is forecast of it (yet). */
  forecast: UnitNow[Operation]['forecast'];
  /** Whole days from the deadline to the middle of the forecast: 3 is three days late; null: no such day is in sight. */
  daysLate: number | null;
  /** `lost`: the deadline is over, or no end is in sight; `late`: more likely late than not; `risky`: below four chances in five. */
  grade: 'lost' | 'late' | 'risky' | 'inTime' | 'unknown';
}

const SAFE_CHANCE = 0.8;
const grades: Record<Outlook['grade'], number> = { lost: 4, late: 3, risky: 2, inTime: 1, unknown: 0 };

const daysBetween = (from: Day, to: Day): number => daysLeft(to, dayStart(from));

export function outlookOf(unit: UnitNow, operation: Operation): Outlook {
  const { forecast } = unit[operation];
  const daysLate = forecast?.p50 ? daysBetween(forecast.deadline, forecast.p50) : null;
  return { operation, forecast, daysLate, grade: gradeOf(forecast, daysLate) };
}

function gradeOf(forecast: Outlook['forecast'], daysLate: number | null): Outlook['grade'] {
  if (forecast === null || forecast.state === 'noData' || forecast.state === 'notBegun') return 'unknown';
  if (forecast.state === 'done' || forecast.state === 'noArea') return 'inTime';
  if (forecast.state === 'overdue' || daysLate === null) return 'lost';
  if (daysLate > 0) return 'late';
  return (forecast.chanceInTime ?? 1) < SAFE_CHANCE ? 'risky' : 'inTime';
}

/** Both operations of a unit, the one that is worse off first. */
export const outlooksOf = (unit: UnitNow): Outlook[] => operations.map(operation => outlookOf(unit, operation)).sort(compare);

/** Worse first: by grade, then more days late, then less chance. */
function compare(one: Outlook, other: Outlook): number {
  return (
    grades[other.grade] - grades[one.grade] ||
    (other.daysLate ?? 0) - (one.daysLate ?? 0) ||
    (one.forecast?.chanceInTime ?? 1) - (other.forecast?.chanceInTime ?? 1)
  );
}

/** How far the unit is behind where it should be now; what nobody knows comes last. */
const behind = (unit: UnitNow): number => Math.max(...operations.map(operation => unit[operation].lateBy ?? Number.NEGATIVE_INFINITY));

/** Units that will be late first, by the operation of each that is worse off; equals by how far behind they are now, then by code. */
export const lateFirst = (units: readonly UnitNow[]): UnitNow[] =>
  [...units].sort(
    (one, other) =>
      compare(outlooksOf(one)[0], outlooksOf(other)[0]) ||
      (behind(one) === behind(other) ? 0 : behind(other) - behind(one)) ||
      (one.code < other.code ? -1 : 1),
  );
