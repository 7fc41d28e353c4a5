import { randomBytes, randomUUID } from 'node:crypto';
import type { EvidenceShare } from '../../shared/evidence.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Operation } from '../../shared/season.ts';
import type { EvidenceShareStore, StoredShare } from '../stores/evidence-shares.ts';
import { AddressLimit } from './address-limit.ts';
import { hashOf } from './credentials.ts';
import type { Registry } from './registry.ts';

const DAY_MS = 24 * 3_600_000;
const MOST_WRONG_TOKENS = 40;

const shownOf = ({ hash: _, ...share }: StoredShare): EvidenceShare => share;

/** Links to one sheet each: they run out, can be taken back, and show that sheet and nothing else. */
export class EvidenceShares {
  private readonly byAddress = new AddressLimit(MOST_WRONG_TOKENS, problem => problem instanceof Refusal && problem.code === 'notFound');

  constructor(private readonly deps: { store: EvidenceShareStore; registry: Registry; wall: () => number }) {}

  async of(field: string, operation: Operation): Promise<EvidenceShare[]> {
    return (await this.deps.store.of({ field, operation, year: this.year() })).map(shownOf);
  }

  async create(of: {
    field: string;
    operation: Operation;
    days: number;
    author: string;
  }): Promise<{ share: EvidenceShare; token: string }> {
    const { field, operation, days, author } = of;
    if (!this.deps.registry.fields.has(field)) throw new Refusal('notFound', `there is no field ${field}`);
    const createdAt = this.deps.wall();
    const when = { createdAt, expiresAt: createdAt + days * DAY_MS };
    const share = { id: randomUUID(), field, operation, year: this.year(), ...when, author, revoked: null };
    const token = randomBytes(24).toString('base64url');
    await this.deps.store.add({ ...share, hash: hashOf(token) });
    return { share, token };
  }

  async find(id: string): Promise<EvidenceShare | null> {
    const found = await this.deps.store.one(id);
    return found && shownOf(found);
  }

  async revoke(id: string, author: string): Promise<EvidenceShare> {
    await this.deps.store.revoke(id, { at: this.deps.wall(), author });
    const revoked = await this.deps.store.one(id);
    if (!revoked) throw new Refusal('notFound', 'id: there is no such link');
    return shownOf(revoked);
  }

  /** @throws Refusal notFound unknown, forbidden `revoked: …`, `expired: …`, `ended: …` */
  open(token: string, from: string | null): Promise<EvidenceShare> {
    return this.byAddress.attempt(from, async () => {
      const found = await this.deps.store.byHash(hashOf(token));
      if (!found) throw new Refusal('notFound', 'token: there is no such link; look at it again');
      if (found.revoked) throw new Refusal('forbidden', 'revoked: this link was taken back; ask for a new one');
      if (found.expiresAt <= this.deps.wall()) throw new Refusal('forbidden', 'expired: this link has run out; ask for a new one');
      if (found.year !== this.deps.registry.season?.year) throw new Refusal('forbidden', 'ended: the season of this sheet is over');
      return shownOf(found);
    });
  }

  private year(): number {
    const { season } = this.deps.registry;
    if (!season) throw new Refusal('conflict', 'there is no season');
    return season.year;
  }
}
