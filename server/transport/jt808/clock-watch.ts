/** A clock that is off by more than this makes it unsure. */
const STEP_MS = 120_000;

/** Tells when a terminal's clock was set: from one live location to the next its time runs ahead of, or behind, the time that went by. */
export class ClockWatch {
  private offsetMs: number | null = null;

  /** By how much, if it was. */
  step(fixTime: number, now: number): number | null {
    const before = this.offsetMs;
    this.offsetMs = fixTime - now;
    if (before === null || Math.abs(this.offsetMs - before) <= STEP_MS) return null;
    return this.offsetMs - before;
  }
}
