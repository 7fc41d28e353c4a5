/** Two fixes nearer than this are a stop, not a gap, however long it lasted. */
export const STOP_M = 5;
const SHORTEST_GAP_MS = 30_000;
/** A slow sampler may lose one fix: up to here the step is still drawn, as estimated. */
const LONGEST_LOST_FIX_MS = 60_000;
/** Slower than this a machine is not moving, m/s. */
export const STANDING_M_PER_S = 0.25;

/** The first interval seen is believed up to here; after that one interval moves the estimate by at most this factor. */
const LONGEST_FIRST_MS = 120_000;
const STEP = 1.25;

/**
 * The usual interval between two fixes of a moving machine, ms: follows the median of the intervals seen so far. Each new interval pulls it
 * by a bounded step, so that a lost hour counts no more than any other single interval.
 */
export function usualInterval(usualMs: number | null, intervalMs: number): number {
  if (usualMs === null) return Math.min(intervalMs, LONGEST_FIRST_MS);
  return Math.max(usualMs / STEP, Math.min(usualMs * STEP, intervalMs));
}

/** A gap is never bridged: nobody knows what the machine did in it. */
export const isGap = (distanceM: number, intervalMs: number, usualMs: number | null): boolean =>
  distanceM >= STOP_M && intervalMs > Math.max(SHORTEST_GAP_MS, 1.5 * (usualMs ?? 0), Math.min(2 * (usualMs ?? 0), LONGEST_LOST_FIX_MS));

/** Between two fixes this far apart the way is not known well enough to be more than an estimate. */
export const isLongStep = (intervalMs: number): boolean => intervalMs > SHORTEST_GAP_MS;
