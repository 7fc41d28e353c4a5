import { ask, RequestFailed } from '../connection/http.ts';
import type { CabDatabase } from './store.ts';

/** What the server will say again however often it is asked. */
const FINAL = new Set<RequestFailed['code']>(['invalid', 'forbidden', 'notFound', 'conflict']);

/**
 * Sends what waits, oldest first and each under its outbox's token, until one cannot be sent. An answered breakdown is kept, since the
 * operator looks for it; the rest is done with. True: some were answered.
 */
export async function sendErrands(database: CabDatabase): Promise<boolean> {
  const waiting = (await database.getAll('errands')).filter(({ state }) => state === 'waiting').sort((a, b) => a.at - b.at);
  let isChanged = false;
  for (const errand of waiting) {
    const outbox = await database.get('outboxes', errand.outbox);
    if (!outbox || outbox.isDenied) continue;
    try {
      await ask(errand.route, {}, { body: errand.body, token: outbox.token });
      if (errand.route === 'callRepair') await database.put('errands', { ...errand, state: 'received' });
      else await database.delete('errands', errand.id);
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      if (cause.code === 'unauthenticated') await database.put('outboxes', { ...outbox, isDenied: true });
      if (!FINAL.has(cause.code)) return isChanged;
      await database.put('errands', { ...errand, state: 'refused', problem: cause.message });
    }
    isChanged = true;
  }
  return isChanged;
}
