import type { Fix } from '../../shared/fix.ts';
import { FieldIndex, type FieldShape } from './field-index.ts';
import { fromGcj } from './gcj.ts';
import type { MeasuredTrack } from './measurement.ts';

/** A receiver that repeats one place while the machine drives, this fast at least by its own word, is frozen. */
const FROZEN_KMH = 2;
const FROZEN_IN_A_ROW = 5;
/** A clock that goes back or leaps by more than a fix could come late. */
const CLOCK_STEP_MS = 12 * 3_600_000;
/** A track that was shifted by mistake lies in no field as it is, and in fields when it is shifted back. */
const SHIFTED = { inFieldsAsIs: 0.05, inFieldsShifted: 0.3 };
const SAMPLES = 500;

/** What a reader of the figures should know of a track: none of it stops the measuring. */
export function notesOn({ track, fixes }: MeasuredTrack, fields: readonly FieldShape[]): string[] {
  const notes: string[] = [];
  const say = (count: number, what: string): void => void (count > 0 && notes.push(`${track}: ${count} ${what}`));
  say(repeatedFixes(fixes), 'fixes repeat the time and place of the one before');
  say(frozenFixes(fixes), 'fixes stand still while the machine reports to drive: a frozen receiver');
  say(clockStepsBack(fixes), 'times the clock goes back');
  say(leaps(fixes), 'times the clock leaps by half a day or more');
  if (looksShifted(fixes, fields)) notes.push(`${track}: its places look like GCJ-02: shifted back to WGS-84 they would lie in the fields`);
  return notes;
}

const pairs = function* (fixes: readonly Fix[]): Iterable<[Fix, Fix]> {
  for (let i = 1; i < fixes.length; i++) yield [fixes[i - 1], fixes[i]];
};
const samePlace = (a: Fix, b: Fix): boolean => a.lng === b.lng && a.lat === b.lat;

function repeatedFixes(fixes: readonly Fix[]): number {
  let count = 0;
  for (const [a, b] of pairs(fixes)) if (a.fixTime === b.fixTime && samePlace(a, b)) count++;
  return count;
}

export function frozenFixes(fixes: readonly Fix[]): number {
  let [count, run] = [0, 0];
  for (const [a, b] of pairs(fixes)) {
    run = samePlace(a, b) && a.fixTime !== b.fixTime && (b.speedKmh ?? 0) >= FROZEN_KMH ? run + 1 : 0;
    if (run === FROZEN_IN_A_ROW) count += run;
    else if (run > FROZEN_IN_A_ROW) count++;
  }
  return count;
}

export function clockStepsBack(fixes: readonly Fix[]): number {
  let count = 0;
  for (const [a, b] of pairs(fixes)) if (b.fixTime < a.fixTime) count++;
  return count;
}

function leaps(fixes: readonly Fix[]): number {
  let count = 0;
  // A night between two days in one place is no leap.
  for (const [a, b] of pairs(fixes)) if (b.fixTime - a.fixTime > 2 * CLOCK_STEP_MS) count++;
  return count;
}

/** Only fields can tell: without them a place is as good as its neighbour. */
function looksShifted(fixes: readonly Fix[], fields: readonly FieldShape[]): boolean {
  if (fields.length === 0) return false;
  const index = new FieldIndex(fields.map((shape, i) => ({ ...shape, id: `${i}` })));
  const step = Math.max(1, Math.floor(fixes.length / SAMPLES));
  const counts = { places: 0, inFields: 0, shiftedInFields: 0 };
  for (let i = 0; i < fixes.length; i += step) {
    const { lng, lat } = fixes[i];
    counts.places++;
    if (index.at(lng, lat) !== null) counts.inFields++;
    if (index.at(...fromGcj([lng, lat])) !== null) counts.shiftedInFields++;
  }
  return isShifted(counts);
}

/** Of places looked at, those that lie in fields as they are and shifted back. */
export const isShifted = ({ places, inFields, shiftedInFields }: { places: number; inFields: number; shiftedInFields: number }): boolean =>
  inFields <= SHIFTED.inFieldsAsIs * places && shiftedInFields >= SHIFTED.inFieldsShifted * places;
