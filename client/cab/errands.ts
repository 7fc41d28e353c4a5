import type { ObjectionInput } from '../../shared/claim.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { withOrder, withRead } from './inbox.ts';
import { withObjection } from './record.ts';
import { type CabDatabase, type Errand, settleErrands } from './store.ts';

/** What the server will say again however often it is asked. */
const FINAL = new Set<RequestFailed['code']>(['invalid', 'forbidden', 'notFound', 'conflict']);

/** Somebody changed the same thing in that very moment: the next try is judged by what it is now. */
const isFinal = ({ code, field }: RequestFailed): boolean => FINAL.has(code) && !(code === 'conflict' && field === 'version');

/**
 * Sends what waits, oldest first and each under its outbox's token, until one cannot be sent. An answered breakdown is kept, since the
 * operator looks for it, and so is what was refused; the rest is done with. True: some were answered.
 */
export async function sendErrands(database: CabDatabase): Promise<boolean> {
  const waiting = (await database.getAll('errands')).filter(({ state }) => state === 'waiting').sort((a, b) => a.at - b.at);
  let isChanged = false;
  for (const errand of waiting) {
    const outbox = await database.get('outboxes', errand.outbox);
    if (!outbox || outbox.isDenied) continue;
    try {
      await answered(database, errand, await ask(errand.route, errand.params ?? {}, { body: errand.body, token: outbox.token }));
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      if (cause.code === 'unauthenticated') await database.put('outboxes', { ...outbox, isDenied: true });
      if (!isFinal(cause)) return isChanged;
      await refused(database, errand, cause);
    }
    isChanged = true;
  }
  return isChanged;
}

/** Whether what is done with an order or a notice is known here, too, from now on. */
async function answered(database: CabDatabase, errand: Errand, answer: unknown): Promise<void> {
  if (errand.route === 'callRepair') await database.put('errands', { ...errand, state: 'received' });
  else if (errand.route === 'answerOrder') {
    await settleErrands(database, [errand.id], ({ inbox }) => ({ inbox: withOrder(inbox, answer as RouteOutput<'answerOrder'>) }));
  } else if (errand.route === 'readNotice') {
    const { at } = errand.body as { at: number };
    await settleErrands(database, [errand.id], ({ inbox }) => ({ inbox: withRead(inbox, errand.params?.id ?? '', at) }));
  } else if (errand.route === 'requestFuel') {
    const fuel = answer as RouteOutput<'requestFuel'>;
    await settleErrands(database, [errand.id], ({ inbox }) => ({ inbox: inbox && { ...inbox, fuel } }));
  } else if (errand.route === 'object') {
    await settleErrands(database, [errand.id], ({ record }) => ({ record: withObjection(record, errand.body as ObjectionInput) }));
  } else await database.delete('errands', errand.id);
}

async function refused(database: CabDatabase, errand: Errand, { message }: RequestFailed): Promise<void> {
  // A notice that is gone was read all the same.
  if (errand.route === 'readNotice') await settleErrands(database, [errand.id]);
  else await database.put('errands', { ...errand, state: 'refused', problem: message });
}
