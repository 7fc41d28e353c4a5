import type { UnitNow } from '../../shared/progress.ts';
import { type Day, dayStart, daysLeft, type Operation, operations } from '../../shared/season.ts';

/** One operation of a unit against its deadline. */
export interface Outlook {
  operation: Operation;
  /** Null: nothing is forecast of it (yet). */
  forecast: UnitNow[Operation]['forecast'];
  /** Whole days from the deadline to the middle of the forecast: 3 is three days late; null: no such day is in sight. */
  daysLate: number | null;
  /** `lost`: the deadline is over, or no end is in sight; `late`: more likely late than not; `risky`: below four chances in five; `over`: nothing is left to do. */
  grade: 'lost' | 'late' | 'risky' | 'inTime' | 'unknown' | 'over';
}

const SAFE_CHANCE = 0.8;
const grades: Record<Outlook['grade'], number> = { lost: 5, late: 4, risky: 3, inTime: 2, unknown: 1, over: 0 };

const daysBetween = (from: Day, to: Day): number => daysLeft(to, dayStart(from));

export function outlookOf(unit: UnitNow, operation: Operation): Outlook {
  const { forecast } = unit[operation];
  const daysLate = forecast?.p50 ? daysBetween(forecast.deadline, forecast.p50) : null;
  return { operation, forecast, daysLate, grade: gradeOf(forecast, daysLate) };
}

function gradeOf(forecast: Outlook['forecast'], daysLate: number | null): Outlook['grade'] {
  if (forecast === null || forecast.state === 'noData' || forecast.state === 'notBegun') return 'unknown';
  if (forecast.state === 'done' || forecast.state === 'noArea') return 'over';
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

/** How many machines an operation has too few; null while nobody knows how many it needs. */
export const shortOf = ({ forecast }: Outlook, present: number): number | null =>
  forecast?.machinesNeededPerDay == null ? null : Math.max(0, Math.ceil(forecast.machinesNeededPerDay) - present);

/** How far the unit is behind where it should be now; what nobody knows comes last. */
const behind = (unit: UnitNow): number => Math.max(...operations.map(operation => unit[operation].lateBy ?? Number.NEGATIVE_INFINITY));

const willBeLate = ({ grade }: Outlook): boolean => grade === 'late' || grade === 'lost';

interface Weight {
  unit: UnitNow;
  outlooks: Outlook[];
  /** Of the operations that will be late: a county that lacks forty weighs more than a district that lacks one. */
  short: number;
}

/**
 * Units of which an operation will be late come first, those that lack most machines at their head; then by the operation that is worse
 * off, by how far behind they are now, and by code.
 */
export function lateFirst(units: readonly UnitNow[], presentAt: (unit: UnitNow, operation: Operation) => number): UnitNow[] {
  const weights = units.map((unit): Weight => {
    const outlooks = outlooksOf(unit);
    const late = outlooks.filter(willBeLate);
    return { unit, outlooks, short: late.reduce((sum, one) => sum + (shortOf(one, presentAt(unit, one.operation)) ?? 0), 0) };
  });
  const isLate = ({ outlooks }: Weight): number => (outlooks.some(willBeLate) ? 1 : 0);
  return weights
    .sort(
      (one, other) =>
        isLate(other) - isLate(one) ||
        other.short - one.short ||
        compare(one.outlooks[0], other.outlooks[0]) ||
        compare(one.outlooks[1], other.outlooks[1]) ||
        (behind(one.unit) === behind(other.unit) ? 0 : behind(other.unit) - behind(one.unit)) ||
        (one.unit.code < other.unit.code ? -1 : 1),
    )
    .map(({ unit }) => unit);
}
