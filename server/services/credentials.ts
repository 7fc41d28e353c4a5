import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Credential, CredentialStore } from '../stores/credentials.ts';

const DAY_MS = 24 * 3_600_000;
/** An operator's phone has no password to come back with: it stays signed in for the season. */
const sessionMs = (actor: Actor): number => (actor.role === 'operator' ? 120 : 14) * DAY_MS;
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const newSecret = (): string => randomBytes(24).toString('base64url');

/** What accounts say of the credentials that were given out in their name. */
export interface Standing {
  epochOf(account: string, kind: Credential['kind']): number;
  /** Null: the account is gone, disabled, or was signed out since. */
  bearerOf(credential: Credential): Actor | null;
}

/** Who is asking: sessions of pages and tokens of devices and scripts. Secrets are random; only their hashes are stored. */
export class Credentials {
  private readonly known = new Map<string, { credential: Credential; readAt: number }>();

  constructor(
    private readonly store: CredentialStore,
    private readonly wall: () => number,
    private readonly standing: Standing,
  ) {}

  async openSession(actor: Actor): Promise<{ secret: string; expiresAt: number }> {
    const expiresAt = this.wall() + sessionMs(actor);
    return { secret: await this.add({ kind: 'session', actor, expiresAt }), expiresAt };
  }

  newToken = (actor: Actor): Promise<string> => this.add({ kind: 'token', actor, expiresAt: null });

  async newTokens(actors: readonly Actor[]): Promise<string[]> {
    const secrets = actors.map(newSecret);
    await this.store.addMany(secrets.map((secret, i) => this.made(secret, { kind: 'token', actor: actors[i], expiresAt: null })));
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
    return fresh.actor.account === null ? fresh.actor : this.standing.bearerOf(fresh);
  }

  end = (secret: string): Promise<void> => this.endHash(hashOf(secret));

  /** For a secret that only its bearer knows. */
  async endHash(hash: string): Promise<void> {
    this.known.delete(hash);
    await this.store.remove(hash);
  }

  /** Tidies up after an account was signed out: what ends its sessions is its new epoch. */
  forget = (account: string, devices: boolean): Promise<void> => this.store.removeOf(account, devices);

  private async add(part: Pick<Credential, 'kind' | 'actor' | 'expiresAt'>): Promise<string> {
    const secret = newSecret();
    await this.store.add(this.made(secret, part));
    return secret;
  }

  private made(secret: string, part: Pick<Credential, 'kind' | 'actor' | 'expiresAt'>): Credential {
    const { account } = part.actor;
    const epoch = account === null ? 0 : this.standing.epochOf(account, part.kind);
    return { _id: hashOf(secret), epoch, createdAt: this.wall(), ...part };
  }
}

export const needActor = (actor: Actor | null): Actor => {
  if (!actor) throw new Refusal('unauthenticated', 'sign in, or send a valid token');
  return actor;
};
