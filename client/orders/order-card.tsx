import { useSignal } from '@preact/signals';
import { type DeclineReason, declineReasons, liveOrderStates, type OrderAct, type WorkOrderShown } from '../../shared/work-order.ts';
import { ask } from '../connection/http.ts';
import { newId } from '../connection/new-id.ts';
import { evidencePath } from '../evidence/address.ts';
import { History } from '../history/history.tsx';
import { words } from '../language/language.ts';
import { mu, timeNear } from '../state/format.ts';
import { ProblemNote } from './problem-note.tsx';
import { ReasonForm } from './reason-form.tsx';
import { sinceText } from './time-text.ts';
import { useTask } from './use-task.ts';
import { orderWords } from './words.ts';

interface CardParts {
  order: WorkOrderShown;
  now: number;
  mayWrite: boolean;
  /** Also where it is, beside which machine. */
  withPlace?: boolean;
  onChanged: () => void;
}

/** An order for a village names many fields: the others are found on the map. */
const MOST_SHEETS = 6;
const acts: readonly OrderAct[] = ['accept', 'decline', 'setOut', 'start', 'finish'];
const isLive = (order: WorkOrderShown): boolean => (liveOrderStates as readonly string[]).includes(order.state);

/** One machine's order: its state and for how long, and what can be done with it. */
export function OrderCard({ order, now, mayWrite, withPlace = false, onChanged }: CardParts) {
  const text = orderWords.value;
  const asked = useSignal<'withdraw' | 'settle' | 'answer' | null>(null);
  const { isBusy, failed, run } = useTask();
  const then = (work: () => Promise<unknown>) =>
    run(async () => {
      await work().finally(onChanged);
      asked.value = null;
    });
  const { id, version, state, times } = order;
  const toggle = (what: 'withdraw' | 'settle' | 'answer') => () => {
    asked.value = asked.value === what ? null : what;
  };
  return (
    <article class={`order order--${state}`}>
      <header class="order__head">
        <a href={`/#//machine/${encodeURIComponent(order.machine)}`}>{order.plate}</a>
        <span class="muted">{order.operatorName}</span>
        <span class={`order__state order__state--${state}`}>{text.orderStates[state]}</span>
        {isLive(order) && <span class="muted">{text.inState(sinceText(times[state] ?? now, now))}</span>}
      </header>
      <p class="order__facts">
        {withPlace && <b>{order.kind === 'move' ? text.move(order.placeName) : order.placeName}</b>}
        {order.kind === 'work' && <span>{text.mu(mu(order.areaMu))}</span>}
        {order.km !== null && order.travelH !== null && (
          <span>{text.road(Math.round(order.km * 10) / 10, sinceText(0, order.travelH * 3_600_000))}</span>
        )}
        {order.seen.arrivedAt !== null && <span>{text.arrived(timeNear(order.seen.arrivedAt, now))}</span>}
        {order.seenStates.includes(state) && <span class="chip chip--late">{text.seen}</span>}
        {state === 'working' && order.measuredMu !== null && <span>{text.measured(mu(order.measuredMu))}</span>}
        {order.doneMu !== null && <span>{text.done(mu(order.doneMu))}</span>}
        {order.declineReason && <span>{text.reasons[order.declineReason]}</span>}
        {order.reason && <span>“{order.reason}”</span>}
      </p>
      {(state === 'done' || state === 'settled') && order.fields.length > 0 && (
        <p class="order__facts">
          {order.fields.slice(0, MOST_SHEETS).map(field => (
            <a key={field} href={evidencePath(field, order.operation)}>
              {words.value.pages.evidence} {field}
            </a>
          ))}
        </p>
      )}
      {mayWrite && (
        <p class="order__buttons">
          {isLive(order) && (
            <>
              <button type="button" class="button" aria-expanded={asked.value === 'answer'} onClick={toggle('answer')}>
                {text.actFor}
              </button>
              <button type="button" class="button" aria-expanded={asked.value === 'withdraw'} onClick={toggle('withdraw')}>
                {text.withdraw}
              </button>
            </>
          )}
          {state === 'done' && (
            <button type="button" class="button" aria-expanded={asked.value === 'settle'} onClick={toggle('settle')}>
              {text.settle}
            </button>
          )}
        </p>
      )}
      {asked.value === 'withdraw' && (
        <ReasonForm
          label={text.withdrawWhy}
          presets={text.whyPresets}
          action={text.withdraw}
          isBusy={isBusy.value}
          onReason={reason => void then(() => ask('withdrawOrder', { id }, { body: { version, reason } }))}
        />
      )}
      {asked.value === 'settle' && (
        <SettleForm
          order={order}
          isBusy={isBusy.value}
          onSettle={agreed => void then(() => ask('settleOrder', { id }, { body: { version, ...agreed } }))}
        />
      )}
      {asked.value === 'answer' && (
        <div class="order__acts">
          {answers().map(({ act, reason, name }) => (
            <button
              type="button"
              class="button"
              key={name}
              disabled={isBusy.value}
              onClick={() =>
                void then(() =>
                  ask('answerOrder', {}, { body: { id: newId(), order: id, act, at: now, ...(reason && { declineReason: reason }) } }),
                )
              }
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <ProblemNote failed={failed.value} />
      <History kind="order" id={id} stamp={version} />
    </article>
  );
}

interface Answer {
  act: OrderAct;
  reason?: DeclineReason;
  name: string;
}

/** Whatever an operator may say on the telephone; a decline with its reason. */
function answers(): Answer[] {
  const text = orderWords.value;
  return acts.flatMap((act): Answer[] =>
    act === 'decline'
      ? declineReasons.map(reason => ({ act, reason, name: `${text.acts.decline}${words.value.colon}${text.reasons[reason]}` }))
      : [{ act, name: text.acts[act] }],
  );
}

interface SettleParts {
  order: WorkOrderShown;
  isBusy: boolean;
  onSettle: (agreed: { doneMu: number; pricePerMu: number }) => void;
}

function SettleForm({ order, isBusy, onSettle }: SettleParts) {
  const text = orderWords.value;
  const doneMu = useSignal(String(order.objected?.agreedMu ?? order.doneMu ?? order.areaMu));
  const price = useSignal(String(order.pricePerMu ?? ''));
  const figures = { doneMu: Number(doneMu.value), pricePerMu: Number(price.value) };
  const isGood = doneMu.value !== '' && price.value !== '' && figures.doneMu >= 0 && figures.pricePerMu >= 0;
  return (
    <form
      class="order__settle"
      onSubmit={event => {
        event.preventDefault();
        if (isGood) onSettle(figures);
      }}
    >
      {order.objected && order.objected.agreedMu !== null && (
        <p class="note">{text.agreed(mu(order.objected.agreedMu), order.doneMu === null ? null : mu(order.doneMu))}</p>
      )}
      {order.objected && order.objected.waiting > 0 && <p class="note note--late">{text.objectionWaits(order.objected.waiting)}</p>}
      <label>
        {text.settleMu}
        <input inputMode="decimal" value={doneMu.value} onInput={event => (doneMu.value = event.currentTarget.value)} />
      </label>
      <label>
        {text.settlePrice}
        <input inputMode="decimal" value={price.value} onInput={event => (price.value = event.currentTarget.value)} />
      </label>
      <button type="submit" class="button button--main" disabled={!isGood || isBusy}>
        {text.confirm} · {isGood ? `¥${Math.round(figures.doneMu * figures.pricePerMu * 100) / 100}` : ''}
      </button>
    </form>
  );
}
