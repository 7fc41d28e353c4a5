import { useSignal } from '@preact/signals';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { newId } from '../connection/new-id.ts';
import { mu, timeNear } from '../state/format.ts';
import { type CardParts, Part } from './visit-card.tsx';
import { receptionWords } from './words.ts';

type Requests = RouteOutput<'visitWork'>['requests'];

/** The first order on the spot: the nearest work of the county, or one tap that leaves it to the dispatcher. */
export function FirstWorkPart({ desk, visit, mayWrite }: CardParts) {
  const text = receptionWords.value.work;
  const found = useSignal<Requests | null>(null);
  const problem = useSignal<string | null>(null);
  /** The same order however often it is tapped. */
  const order = useSignal(newId());
  const guarded = async (work: () => Promise<void>) => {
    problem.value = null;
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      problem.value = cause.code === 'conflict' || cause.code === 'forbidden' ? text.taken : text.offline;
    }
  };
  const look = () =>
    guarded(async () => {
      found.value = (await ask('visitWork', { id: visit.id })).requests;
    });
  const give = (request: string) =>
    guarded(async () => {
      desk.take(await ask('giveVisitWork', { id: visit.id }, { body: { order: order.value, request } }));
      found.value = null;
      order.value = newId();
    });
  return (
    <Part name={text.title}>
      {visit.order && <p class="note note--good">✓ {text.has(visit.order.placeName)}</p>}
      {visit.handedOverAt !== null && <p class="note">{text.handedOver(timeNear(visit.handedOverAt, desk.now.value))}</p>}
      {problem.value && (
        <p class="note note--late" role="alert">
          {problem.value}
        </p>
      )}
      {found.value?.length === 0 && <p class="muted">{text.none}</p>}
      <ul class="reception__rows">
        {found.value?.map(request => (
          <li key={request.id} class="reception__offer">
            <span>
              <b>{request.placeName}</b>
              <small>
                {text.line(mu(request.openMu), request.km.toFixed(1))}
                {request.pricePerMu !== null && ` · ${text.price(request.pricePerMu)}`}
              </small>
            </span>
            <button type="button" class="button" onClick={() => void give(request.id)}>
              {text.give}
            </button>
          </li>
        ))}
      </ul>
      {mayWrite && (
        <div class="reception__actions">
          {found.value === null && !visit.order && (
            <button type="button" class="button" onClick={() => void look()}>
              {text.find}
            </button>
          )}
          {visit.handedOverAt === null && !visit.order && (
            <button type="button" class="button" onClick={() => void desk.write(visit.id, { kind: 'handedOver', note: '' })}>
              {text.handOver}
            </button>
          )}
        </div>
      )}
    </Part>
  );
}
