import { signal } from '@preact/signals';
import type { VisitShown } from '../../shared/reception.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import type { Act, KeptActs } from './kept-acts.ts';

/** Answers that say that another attempt will do. */
const triedAgain: readonly RequestFailed['code'][] = ['offline', 'unavailable', 'limited', 'internal', 'unauthenticated'];
const AGAIN_MS = 5000;

/** What was written here, on its way to the server: kept first, sent in order, one at a time, again until it is answered. */
export class OutgoingActs {
  readonly acts = signal<readonly Act[]>([]);
  /** Why the last attempt did not get through. */
  readonly held = signal<RequestFailed['code'] | null>(null);
  private busy = false;
  /** Never two alike, so that the order is that in which they were written. */
  private lastAt = 0;

  constructor(
    private readonly store: KeptActs,
    private readonly owner: string,
    /** Told what was taken, and what the server made of an entry. */
    private readonly onTaken: (act: Act, visit: VisitShown | null) => void,
  ) {}

  /** Takes up what an earlier page left, and sends whenever it can. Gives back how to stop. */
  async start(): Promise<() => void> {
    this.acts.value = await this.store.of(this.owner);
    const flush = () => void this.flush();
    const timer = setInterval(flush, AGAIN_MS);
    window.addEventListener('online', flush);
    flush();
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', flush);
    };
  }

  get isLasting(): boolean {
    return this.store.isLasting;
  }

  async add(part: Pick<Act, 'kind' | 'id' | 'body'>): Promise<void> {
    this.lastAt = Math.max(Date.now(), this.lastAt + 1);
    const act = { ...part, owner: this.owner, refused: null, at: this.lastAt } as Act;
    this.acts.value = [...this.acts.value, act];
    await this.store.put(act);
    void this.flush();
  }

  async discard(id: string): Promise<void> {
    this.acts.value = this.acts.value.filter(act => act.id !== id);
    await this.store.drop(id);
  }

  async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = this.next(); next; next = this.next()) await this.send(next);
      this.held.value = null;
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      this.held.value = cause.code;
    } finally {
      this.busy = false;
    }
  }

  private next = (): Act | undefined => this.acts.value.find(act => act.refused === null);

  private async send(act: Act): Promise<void> {
    try {
      const visit = await sent(act);
      // First what it became: it must not vanish for a moment.
      this.onTaken(act, visit);
      await this.discard(act.id);
    } catch (cause) {
      if (!(cause instanceof RequestFailed) || triedAgain.includes(cause.code)) throw cause;
      const refused: Act = { ...act, refused: cause.code === 'forbidden' ? 'forbidden' : cause.message };
      await this.store.put(refused);
      this.acts.value = this.acts.value.map(one => (one.id === act.id ? refused : one));
    }
  }
}

/** What the server made of an entry's visit. */
async function sent(act: Act): Promise<VisitShown | null> {
  if (act.kind === 'entry') return ask('recordVisit', {}, { body: act.body });
  if (act.kind === 'accident') await ask('putAccident', { id: act.id }, { body: act.body });
  else await ask('applyPermit', {}, { body: act.body });
  return null;
}
