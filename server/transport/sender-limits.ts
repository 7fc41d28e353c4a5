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
  private failed = 0;
  private minute = 0;

  constructor(private readonly wall: () => number) {}

  /** Runs a request within the limits; the bytes are those of its message. */
  async run<T>(bytes: number, request: () => Promise<T> | T): Promise<T> {
    this.refuseAboveLimits(bytes);
    this.inFlight++;
    this.bytes += bytes;
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof Refusal) || (error.code !== 'unavailable' && error.extra.expectedSeq === undefined)) this.countFailure();
      throw error;
    } finally {
      this.inFlight--;
      this.bytes -= bytes;
    }
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
    this.failed = this.failedThisMinute() + 1;
  }

  private failedThisMinute(): number {
    const minute = Math.floor(this.wall() / MINUTE);
    if (minute !== this.minute) {
      this.minute = minute;
      this.failed = 0;
    }
    return this.failed;
  }
}
