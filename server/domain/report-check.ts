import type { Reported, ReportedInput } from '../../shared/registry.ts';
import type { ReportState } from '../../shared/reporting.ts';
import { ROUNDING_MU } from './headline.ts';

type Totals = Pick<Reported, 'machineMu' | 'handMu'>;

/** An area of 0 is one that nobody gave: nothing is above it. */
export const isAboveArea = ({ machineMu, handMu }: Totals, areaMu: number): boolean =>
  areaMu > 0 && machineMu + handMu > areaMu + ROUNDING_MU;

export const falls = (before: Totals, after: Totals): boolean => after.machineMu < before.machineMu || after.handMu < before.handMu;

const spoken = (before: Totals, after: Totals): string =>
  `by machine ${before.machineMu} → ${after.machineMu} mu, by hand ${before.handMu} → ${after.handMu} mu`;

/**
 * Why a figure cannot be taken as it is; null: it can. Totals are cumulative: one that falls below an earlier day's, or rises above a
 * later day's, needs a reason. Above the planted or planned area it needs to be confirmed.
 */
export function whyNot(input: ReportedInput, known: { before: Reported | null; later: Reported | null; areaMu: number }): string | null {
  const { before, later, areaMu } = known;
  const hasReason = (input.reason ?? '').trim() !== '';
  if (before && falls(before, input) && !hasReason) return `reason: a total falls (${spoken(before, input)}): say why in reason`;
  if (later && falls(input, later) && !hasReason) {
    return `reason: a total is above that of ${later.day} (${spoken(input, later)}): say why in reason, or correct that day first`;
  }
  if (isAboveArea(input, areaMu) && input.confirmAbove !== true) {
    return `confirmAbove: ${input.machineMu} + ${input.handMu} mu is above the area of ${areaMu} mu: look again, and confirm it if it is right`;
  }
  return null;
}

/** Where one unit stands with its report of one operation for a bulletin's day. */
export function reportStateOf(unit: {
  areaMu: number;
  day: string;
  last: Reported | null;
  /** Its county reported on its own for the day. */
  countyReported: boolean;
  isPastDue: boolean;
}): ReportState {
  const { areaMu, day, last } = unit;
  if (last?.day === day) return 'reported';
  if (unit.countyReported) return 'covered';
  if (areaMu <= 0) return 'noArea';
  if (last && last.machineMu + last.handMu >= areaMu - ROUNDING_MU) return 'done';
  return unit.isPastDue ? 'late' : 'due';
}
