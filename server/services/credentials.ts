import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Credential, CredentialStore } from '../stores/credentials.ts';

const SESSION_MS = 14 * 24 * 3_600_000;
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const newSecret = (): string => randomBytes(24).toString('base64url');

/** Who is asking: sessions of pages and tokens of devices and scripts. Secrets are random; only their hashes are stored. */
export class Credentials {
  private readonly known = new Map<string, { credential: Credential; readAt: number }>();

  constructor(
    private readonly store: CredentialStore,
    private readonly wall: () => number,
  ) {}

  async openSession(actor: Actor): Promise<{ secret: string; expiresAt: number }> {
    const expiresAt = this.wall() + SESSION_MS;
    return { secret: await this.add({ kind: 'session', actor, expiresAt }), expiresAt };
  }

  newToken = (actor: Actor): Promise<string> => this.add({ kind: 'token', actor, expiresAt: null });

  async newTokens(actors: readonly Actor[]): Promise<string[]> {
    const secrets = actors.map(newSecret);
    await this.store.addMany(
      secrets.map((secret, i) => ({ _id: hashOf(secret), kind: 'token', actor: actors[i], createdAt: this.wall(), expiresAt: null })),
    );
    return secrets;
  }

  /** Null: unknown, revoked or run out. */
  async actorOf(secret: string): Promise<Actor | null> {
    const hash = hashOf(secret);
    const held = this.known.get(hash);
    const fresh = held && this.wall() - held.readAt < 30_000 ? held.credential : await this.store.find(hash);
    if (!fresh || (fresh.expiresAt !== null && fresh.expiresAt <= this.wall())) {
      this.known.delete(hash);
      return null;
    }
    if (fresh !== held?.credential) this.known.set(hash, { credential: fresh, readAt: this.wall() });
    return fresh.actor;
  }

  async end(secret: string): Promise<void> {
    const hash = hashOf(secret);
    this.known.delete(hash);
    await this.store.remove(hash);
  }

  private async add(part: Pick<Credential, 'kind' | 'actor' | 'expiresAt'>): Promise<string> {
    const secret = newSecret();
    await this.store.add({ _id: hashOf(secret), createdAt: this.wall(), ...part });
    return secret;
  }
}

export const needActor = (actor: Actor | null): Actor => {
  if (!actor) throw new Refusal('unauthenticated', 'sign in, or send a valid token');
  return actor;
};
