import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../../shared/reply.ts';

/** So many wrong tries in a quarter of an hour from one address: an office shares one. */
const WINDOW_S = 15 * 60;

/** Counts the wrong tries of each address, in memory. What was right is given back. */
export class AddressLimit {
  private readonly limiter;

  constructor(
    points: number,
    /** Whether what was thrown is a wrong try. */
    private readonly isGuess: (problem: unknown) => boolean,
  ) {
    this.limiter = new RateLimiterMemory({ points, duration: WINDOW_S });
  }

  /** One try, right or wrong. */
  async count(from: string | null): Promise<void> {
    await this.limiter.consume(addressKey(from)).catch((full: RateLimiterRes) => {
      throw new Refusal('limited', 'too many tries from this address', { retryAfterMs: Math.max(1, full.msBeforeNext) });
    });
  }

  async attempt<T>(from: string | null, work: () => Promise<T>): Promise<T> {
    const key = addressKey(from);
    // Taken before the work, so that many tries at once are no more than many after another.
    await this.limiter.consume(key).catch((full: RateLimiterRes) => {
      throw new Refusal('limited', 'too many wrong tries from this address', { retryAfterMs: Math.max(1, full.msBeforeNext) });
    });
    try {
      const result = await work();
      await this.limiter.reward(key);
      return result;
    } catch (problem) {
      if (!this.isGuess(problem)) await this.limiter.reward(key);
      throw problem;
    }
  }
}

/** An IPv6 line has 2⁶⁴ addresses of its own: its network counts as one. */
export function addressKey(from: string | null): string {
  const address = (from ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!address.includes(':')) return address;
  const [head, tail] = address.split('%')[0].split('::');
  const groups = head ? head.split(':') : [];
  const rest = tail ? tail.split(':') : [];
  const filled = tail === undefined ? groups : [...groups, ...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest];
  return filled.slice(0, 4).join(':');
}
