/** How much of a backlog goes into one batch, by what the link lets through. */
export interface DrainPace {
  /** Fixes in the next batch at most. */
  most: number;
  /** The quickest answer of this connection: what a batch takes that waits for nothing. */
  quickestMs: number;
}

const MOST = 300;
const LEAST = 20;
const GROWTH = 1.5;
/**
 * What is sent now waits on the link behind the batches under way. Below the first there is room for more; above the second the live
 * position comes too late: with a second between positions and another between a page's news it must stay under five.
 */
const SHORT_WAIT_MS = 800;
const LONG_WAIT_MS = 1300;

/** On a connection of which nothing is known yet. */
export const firstPace: DrainPace = { most: 60, quickestMs: Number.POSITIVE_INFINITY };

/** After an answer; `tookMs` from sending the batch on. */
export function paceAfter(pace: DrainPace, { fixes, tookMs }: { fixes: number; tookMs: number }): DrainPace {
  const quickestMs = Math.min(pace.quickestMs, tookMs);
  const waitMs = tookMs - quickestMs;
  // By the batch that was answered, as what was sent after it was sized before this was known.
  if (waitMs < SHORT_WAIT_MS) return { quickestMs, most: Math.min(MOST, Math.max(pace.most, Math.ceil(fixes * GROWTH))) };
  if (waitMs < LONG_WAIT_MS) return { ...pace, quickestMs };
  return { quickestMs, most: Math.max(LEAST, Math.min(pace.most, Math.floor((fixes * SHORT_WAIT_MS) / waitMs))) };
}
