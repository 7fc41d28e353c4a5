/** How fresh the page is, by the wall clock. */
export type LinkState = 'connecting' | 'live' | 'slow' | 'lost';

/** The server speaks once a second, even when nothing moved. */
export const SLOW_AFTER_MS = 5_000;
export const LOST_AFTER_MS = 10_000;

export interface Link {
  connected: boolean;
  /** Wall time of the last message of the room; null before the first. */
  lastBeatAt: number | null;
  /** Wall time at which the page began to wait. */
  since: number;
}

export function linkState(link: Link, now: number): LinkState {
  const silence = now - (link.lastBeatAt ?? link.since);
  if (link.lastBeatAt === null) return silence >= LOST_AFTER_MS ? 'lost' : 'connecting';
  if (!link.connected || silence >= LOST_AFTER_MS) return 'lost';
  return silence > SLOW_AFTER_MS ? 'slow' : 'live';
}
