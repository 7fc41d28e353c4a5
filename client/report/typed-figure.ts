import type { Reported, ReportedInput } from '../../shared/registry.ts';

/** What stands in the fields of one operation, as typed. */
export interface Typed {
  machine: string;
  hand: string;
  reason: string;
  above: boolean;
}
export const nothingTyped: Typed = { machine: '', hand: '', reason: '', above: false };
export const isTyped = ({ machine, hand }: Typed): boolean => machine.trim() !== '' || hand.trim() !== '';

/** Mu as people type them, full-width digits and separators included; null: not such a number. Empty is what was there before. */
export function muTyped(text: string, before: number): number | null {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '').replace('。', '.');
  if (plain === '') return before;
  return /^\d{1,9}(\.\d?)?$|^\.\d$/.test(plain) ? Number(plain) : null;
}

export interface Reading {
  machineMu: number | null;
  handMu: number | null;
  sumMu: number | null;
  differenceMu: number | null;
  falls: boolean;
  above: boolean;
  /** Can be sent as it is. */
  isReady: boolean;
}

/** Sums of a tenth of a mu without the dust of binary addition. */
const tenths = (mu: number): number => Math.round(mu * 10) / 10 + 0;
/** Reports are rounded to a tenth twice: a sum that is above by no more is not above. */
const ROUNDING_MU = 0.1 + 1e-6;

/** What is typed, read against the last figure and the area (0: not known). */
export function readingOf(typed: Typed, last: Reported | null, areaMu: number): Reading {
  const machineMu = muTyped(typed.machine, last?.machineMu ?? 0);
  const handMu = muTyped(typed.hand, last?.handMu ?? 0);
  if (machineMu === null || handMu === null) {
    return { machineMu, handMu, sumMu: null, differenceMu: null, falls: false, above: false, isReady: false };
  }
  const sumMu = tenths(machineMu + handMu);
  const falls = last !== null && (machineMu < last.machineMu || handMu < last.handMu);
  const above = areaMu > 0 && sumMu > areaMu + ROUNDING_MU;
  return {
    machineMu,
    handMu,
    sumMu,
    differenceMu: last === null ? null : tenths(sumMu - last.machineMu - last.handMu),
    falls,
    above,
    isReady: isTyped(typed) && (!falls || typed.reason.trim() !== '') && (!above || typed.above),
  };
}

export const inputOf = (of: Pick<ReportedInput, 'division' | 'operation' | 'day'>, typed: Typed, reading: Reading): ReportedInput => ({
  ...of,
  machineMu: reading.machineMu!,
  handMu: reading.handMu!,
  ...(typed.reason.trim() !== '' && { reason: typed.reason.trim() }),
  ...(reading.above && { confirmAbove: true }),
});
