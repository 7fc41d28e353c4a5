import type { PhoneGapCause } from '../../shared/track-gap.ts';

/** A time on duty of which no position is known, and why. */
export interface Gap {
  from: number;
  to: number;
  cause: PhoneGapCause;
}

/** As the operator is told; of what was given up the server hears by its numbers. */
export type GapShown = Omit<Gap, 'cause'> & { cause: PhoneGapCause | 'thinned' };

const SILENCE_MS = 30_000;
/** A machine that stands keeps one fix a minute, and that is all a page that was closed still knows. */
const SILENCE_OF_CLOSED_MS = 60_000 + SILENCE_MS;

/** The gap between two positions that followed each other, if there is one. Instants as the positions have them. */
export function gapBetween(before: number | null, after: number, what: { wasHidden: boolean; wasClosed: boolean }): Gap | null {
  if (before === null || after - before <= (what.wasClosed ? SILENCE_OF_CLOSED_MS : SILENCE_MS)) return null;
  return { from: before, to: after, cause: what.wasClosed ? 'closed' : what.wasHidden ? 'locked' : 'noPosition' };
}
