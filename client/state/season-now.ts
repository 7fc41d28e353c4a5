/** Beyond so much silence the season's time is no longer told on: nobody knows whether its clock still runs. */
const TELL_ON_MS = 3_000;

/**
 * The season's time now. It goes on from the last message by this browser's own clock, so that it does not matter how far that clock is
 * off the server's.
 */
export const seasonNow = (asOf: number, heardAt: number, speed: number, now: number): number =>
  asOf + Math.min(TELL_ON_MS, Math.max(0, now - heardAt)) * speed;
