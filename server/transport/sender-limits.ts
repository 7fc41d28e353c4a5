import { Refusal } from '../../shared/reply.ts';

const MOST_IN_FLIGHT = 8;
const MOST_BYTES_IN_FLIGHT = 512 * 1024;
const MOST_FAILED_A_MINUTE = 120;
const MINUTE = 60_000;

/**
 * What one connection may have open. Counted are reports without an answer, their bytes, and requests that failed; never fixes per second:
 * an honest backlog or a quick season clock is not limited.
 */
export class SenderLimits {
  private inFlight = 0;
  private bytes = 0;
  private failures = 0;
  private minute = 0;

  constructor(private readonly wall: () => number) {}

  /** Before a request of so many bytes; throws when there is no room for it. */
  begin(bytes: number): void {
    this.refuseAboveLimits(bytes);
    this.inFlight++;
    this.bytes += bytes;
  }

  /** After a request that has begun, whichever way it ended. */
  end(bytes: number): void {
    this.inFlight--;
    this.bytes -= bytes;
  }

  /** What a sender does wrong counts; that the server is out of reach, or that a batch is out of turn, does not. */
  failedWith(error: unknown): void {
    if (!(error instanceof Refusal) || (error.code !== 'unavailable' && error.extra.expectedSeq === undefined)) this.countFailure();
  }

  private refuseAboveLimits(bytes: number): void {
    if (this.failedThisMinute() >= MOST_FAILED_A_MINUTE) {
      throw new Refusal('limited', 'too many failed requests', { retryAfterMs: MINUTE - (this.wall() % MINUTE) });
    }
    if (this.inFlight >= MOST_IN_FLIGHT || (this.inFlight > 0 && this.bytes + bytes > MOST_BYTES_IN_FLIGHT)) {
      throw new Refusal('limited', 'too many reports without an answer yet', { retryAfterMs: 500 });
    }
  }

  private countFailure(): void {
    this.failures = this.failedThisMinute() + 1;
  }

  private failedThisMinute(): number {
    const minute = Math.floor(this.wall() / MINUTE);
    if (minute !== this.minute) {
      this.minute = minute;
      this.failures = 0;
    }
    return this.failures;
  }
}
