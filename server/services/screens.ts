import { randomUUID } from 'node:crypto';
import { actor } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import type { ScreenToken } from '../../shared/routes/screens.ts';
import type { ScreenStore, StoredScreen } from '../stores/screens.ts';
import { type Credentials, hashOf } from './credentials.ts';

const shownOf = ({ hash: _, ...screen }: StoredScreen): ScreenToken => screen;

/** Big screens, each with a token of its own for reading, so that one can be shut without the others. */
export class Screens {
  constructor(
    private readonly store: ScreenStore,
    private readonly credentials: Credentials,
    private readonly wall: () => number,
  ) {}

  list = async (): Promise<ScreenToken[]> => (await this.store.all()).map(shownOf);

  async create(name: string, author: string): Promise<ScreenToken & { token: string }> {
    const token = await this.credentials.newToken(actor({ role: 'viewer', name }));
    const screen = { id: randomUUID(), name, createdAt: this.wall(), author, revoked: null };
    await this.store.add({ ...screen, hash: hashOf(token) });
    return { ...screen, token };
  }

  /** `hash`: of the token that ends with it. */
  async revoke(id: string, author: string): Promise<{ screen: ScreenToken; hash: string }> {
    const found = await this.store.one(id);
    if (!found) throw new Refusal('notFound', 'id: there is no such screen');
    await this.credentials.endHash(found.hash);
    await this.store.revoke(id, { at: this.wall(), author });
    return { screen: shownOf((await this.store.one(id))!), hash: found.hash };
  }
}
