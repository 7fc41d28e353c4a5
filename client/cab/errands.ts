import type { ObjectionInput } from '../../shared/claim.ts';
import type { MaintenanceTick } from '../../shared/maintenance.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { duesOf } from './dues.ts';
import { withOrder, withRead } from './inbox.ts';
import { withObjection } from './record.ts';
import { type CabDatabase, type Errand, settleErrands } from './store.ts';

/** What the server will say again however often it is asked. */
const FINAL = new Set<RequestFailed['code']>(['invalid', 'forbidden', 'notFound', 'conflict']);

/** Somebody changed the same thing in that very moment: the next try is judged by what it is now. */
const isFinal = ({ code, field }: RequestFailed): boolean => FINAL.has(code) && !(code === 'conflict' && field === 'version');

const waitingOf = async (database: CabDatabase): Promise<Errand[]> =>
  (await database.getAll('errands')).filter(({ state }) => state === 'waiting').sort((a, b) => a.at - b.at);

/**
 * Sends what waits, oldest first and each under its outbox's token, until one cannot be sent. An answered breakdown is kept, since the
 * operator looks for it, and so is what was refused; the rest is done with. Photos hold up nothing: they go by themselves. True: some were
 * answered.
 */
export async function sendErrands(database: CabDatabase): Promise<boolean> {
  let isChanged = false;
  for (const errand of (await waitingOf(database)).filter(({ route }) => route !== 'addPhoto')) {
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

/** Sends photos, each once its call is with the server. True: some were answered. */
export async function sendPhotos(database: CabDatabase): Promise<boolean> {
  const waiting = await waitingOf(database);
  const calls = new Set(waiting.filter(({ route }) => route === 'callRepair').map(({ id }) => id));
  let isChanged = false;
  for (const photo of waiting.filter(({ route, params }) => route === 'addPhoto' && !calls.has(params?.id ?? ''))) {
    const outbox = await database.get('outboxes', photo.outbox);
    if (!outbox || outbox.isDenied) continue;
    try {
      await ask('addPhoto', photo.params, { file: await (photo.body as Blob).arrayBuffer(), token: outbox.token });
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      // A picture that the server cannot open never becomes one: the call is there without it.
      if (!isFinal(cause)) return isChanged;
    }
    await database.delete('errands', photo.id);
    isChanged = true;
  }
  return isChanged;
}

/** The call went into a repair that the machine had already: its photo goes there, too. */
async function readdress(database: CabDatabase, from: string, to: string): Promise<void> {
  for (const photo of (await waitingOf(database)).filter(({ route, params }) => route === 'addPhoto' && params?.id === from))
    await database.put('errands', { ...photo, params: { id: to } });
}

/** Whether what is done with an order or a notice is known here, too, from now on. */
async function answered(database: CabDatabase, errand: Errand, answer: unknown): Promise<void> {
  if (errand.route === 'callRepair') {
    await readdress(database, errand.id, (answer as RouteOutput<'callRepair'>).id);
    await database.put('errands', { ...errand, state: 'received' });
  } else if (errand.route === 'answerOrder') {
    await settleErrands(database, [errand.id], ({ inbox }) => ({ inbox: withOrder(inbox, answer as RouteOutput<'answerOrder'>) }));
  } else if (errand.route === 'readNotice') {
    const { at } = errand.body as { at: number };
    await settleErrands(database, [errand.id], ({ inbox }) => ({ inbox: withRead(inbox, errand.params?.id ?? '', at) }));
  } else if (errand.route === 'requestFuel') {
    const fuel = answer as RouteOutput<'requestFuel'>;
    await settleErrands(database, [errand.id], ({ inbox }) => ({ inbox: inbox && { ...inbox, fuel } }));
  } else if (errand.route === 'object') {
    await settleErrands(database, [errand.id], ({ record }) => ({ record: withObjection(record, errand.body as ObjectionInput) }));
  } else if (errand.route === 'tickMaintenance') {
    const { task } = errand.body as MaintenanceTick;
    await settleErrands(database, [errand.id], ({ cab }) => ({
      cab: cab && { ...cab, dues: duesOf(cab).filter(due => due.task !== task) },
    }));
  } else await database.delete('errands', errand.id);
}

async function refused(database: CabDatabase, errand: Errand, { message }: RequestFailed): Promise<void> {
  // A notice that is gone was read all the same; of a gap there is nothing that an operator could do.
  if (errand.route === 'readNotice' || errand.route === 'reportGap') await settleErrands(database, [errand.id]);
  else await database.put('errands', { ...errand, state: 'refused', problem: message });
  if (errand.route === 'callRepair') await dropPhotos(database, errand.id);
}

async function dropPhotos(database: CabDatabase, call: string): Promise<void> {
  for (const photo of (await waitingOf(database)).filter(({ route, params }) => route === 'addPhoto' && params?.id === call))
    await database.delete('errands', photo.id);
}
