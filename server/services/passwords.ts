import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../../shared/reply.ts';

/** argon2id, 19 MiB and two passes: some 30 ms on a thread beside the event loop. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Two threads' worth at a time, so that guessing does not take the machine from the fixes; who would wait longer is sent away. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 40;

export class Passwords {
  /** How often argon2 was worked out since the start. */
  computed = 0;
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private stranger: Promise<string> | null = null;

  hash = (password: string): Promise<string> => this.compute(() => hash(password, COST));

  /** Without a hash it takes as long, and is wrong. */
  async isRight(password: string, hashed: string | null): Promise<boolean> {
    this.stranger ??= hash('nobody has this password', COST);
    const against = hashed ?? (await this.stranger);
    return (await this.compute(() => verify(against, password))) && hashed !== null;
  }

  private async compute<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= MOST_AT_ONCE) {
      if (this.waiting.length >= MOST_WAITING) throw new Refusal('limited', 'too many are signing in at once', { retryAfterMs: 2000 });
      // Whoever ends hands its place over.
      await new Promise<void>(resolve => this.waiting.push(resolve));
    } else this.running++;
    try {
      this.computed++;
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
