import { createHash } from 'node:crypto';
import { Refusal } from '../../shared/reply.ts';
import type { Lockout, LockoutStore } from '../stores/lockouts.ts';

const MOST_FAILURES = 5;
export const LOCK_MS = 15 * 60_000;
/** Logins that do not exist are counted like the others, but not without end. */
const MOST_LOGINS = 20_000;

const keyOf = (loginKey: string): string => createHash('sha256').update(loginKey).digest('hex');

/** Five wrong passwords close a login for a quarter of an hour, on every address, whether it exists or not, and over a restart. */
export class Lockouts {
  private readonly held = new Map<string, Lockout>();

  constructor(private readonly store: LockoutStore) {}

  async load(now: number): Promise<void> {
    await this.store.removeForgotten(now);
    for (const lockout of await this.store.all()) this.held.set(lockout._id, lockout);
  }

  lockedUntil(loginKey: string, now: number): number | null {
    const until = this.held.get(keyOf(loginKey))?.lockedUntil ?? null;
    return until !== null && until > now ? until : null;
  }

  /** Counts a try before it is checked, so that many at once are no more tries than many after another. Throws when locked. */
  begin(loginKey: string, now: number): void {
    const before = this.current(loginKey, now);
    if (before && (before.failures >= MOST_FAILURES || before.lockedUntil !== null)) {
      const until = before.lockedUntil ?? now + LOCK_MS;
      throw new Refusal('limited', 'too many wrong passwords: this login is locked for a while', {
        retryAfterMs: Math.max(1, until - now),
      });
    }
    this.hold({ _id: keyOf(loginKey), failures: (before?.failures ?? 0) + 1, lockedUntil: null, until: now + LOCK_MS });
  }

  /** The try was wrong; true when that locked the login. */
  async failed(loginKey: string, now: number): Promise<boolean> {
    const held = this.current(loginKey, now);
    if (!held) return false;
    const locks = held.failures >= MOST_FAILURES && held.lockedUntil === null;
    const after: Lockout = locks ? { ...held, lockedUntil: now + LOCK_MS, until: now + LOCK_MS } : held;
    this.hold(after);
    await this.store.put(after);
    return locks;
  }

  /** The try was never checked. */
  undo(loginKey: string): void {
    const held = this.held.get(keyOf(loginKey));
    if (held && held.failures > 0) held.failures--;
  }

  async clear(loginKey: string): Promise<void> {
    this.held.delete(keyOf(loginKey));
    await this.store.remove(keyOf(loginKey));
  }

  private current(loginKey: string, now: number): Lockout | undefined {
    const held = this.held.get(keyOf(loginKey));
    return held && held.until > now ? held : undefined;
  }

  private hold(lockout: Lockout): void {
    this.held.delete(lockout._id);
    if (this.held.size >= MOST_LOGINS) this.held.delete(this.held.keys().next().value!);
    this.held.set(lockout._id, lockout);
  }
}
