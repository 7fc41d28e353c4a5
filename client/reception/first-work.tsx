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
  const give = (request: string, areaMu: number) =>
    guarded(async () => {
      desk.take(await ask('giveVisitWork', { id: visit.id }, { body: { order: order.value, request, areaMu } }));
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
          <Offer key={request.id} request={request} give={areaMu => give(request.id, areaMu)} />
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

/** As much as this machine can do until the request's end stands there; how much it asks for can be typed. */
function Offer({ request, give }: { request: Requests[number]; give: (areaMu: number) => Promise<void> }) {
  const text = receptionWords.value.work;
  const { placeName, openMu, shareMu, km, pricePerMu } = request;
  const areaMu = useSignal(shareMu);
  return (
    <li>
      <form
        class="reception__offer"
        onSubmit={event => {
          event.preventDefault();
          void give(areaMu.value);
        }}
      >
        <span>
          <b>{placeName}</b>
          <small>
            {text.line(mu(openMu), km.toFixed(1))}
            {pricePerMu !== null && ` · ${text.price(pricePerMu)}`}
          </small>
        </span>
        <label class="reception__share">
          <input
            class="reception__input"
            type="number"
            required
            min={0.1}
            max={openMu}
            step={0.1}
            aria-label={text.share}
            value={areaMu.value}
            onInput={event => (areaMu.value = Math.round(event.currentTarget.valueAsNumber * 10) / 10)}
          />
          {text.mu}
        </label>
        <button type="submit" class="button">
          {text.give}
        </button>
      </form>
    </li>
  );
}
