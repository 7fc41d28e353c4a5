import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CabNotice } from '../../shared/notice.ts';
import type { DeclineReason } from '../../shared/work-order.ts';
import { words } from '../language/language.ts';
import { timeNear } from '../state/format.ts';
import { answerOrder, putAway, readNotices } from './acts.ts';
import { attention, ownership, stored } from './cab-state.ts';
import type { Engine } from './engine.ts';
import { type Attention, type CabOrder, placeOf } from './inbox.ts';
import { OrderDetails, OrderFigures, OrderLinks } from './order-figures.tsx';
import { conflictSaid, orderWords } from './order-words.ts';

/** What needs the operator now, over everything else, one thing at a time. */
export function Call({ engine }: { engine: Engine }) {
  const shown = attention.value;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.focus(), [shown?.key]);
  if (shown === null || ownership.value !== 'owner') return null;
  return (
    <div
      class={`cab-call cab-call--${shown.kind}`}
      role="alertdialog"
      aria-modal="true"
      aria-label={titleOf(shown)}
      tabIndex={-1}
      ref={frame}
    >
      <div class="cab-page" key={shown.key}>
        {shown.kind === 'severe' && <Severe engine={engine} notice={shown.notice} />}
        {shown.kind === 'refused' && <Refused engine={engine} shown={shown} />}
        {shown.kind === 'withdrawn' && <Withdrawn engine={engine} order={shown.order} />}
        {shown.kind === 'offered' && <Offer engine={engine} order={shown.order} behind={shown.behind} />}
      </div>
    </div>
  );
}

function titleOf(shown: Attention): string {
  const text = orderWords.value;
  if (shown.kind === 'offered') return shown.order.kind === 'move' ? text.newMove : text.newWork;
  return { severe: text.severe, refused: text.refused, withdrawn: text.withdrawn }[shown.kind];
}

/** One tap accepts; declining takes one more, for the reason. */
function Offer({ engine, order, behind }: { engine: Engine; order: CabOrder; behind: number }) {
  const text = orderWords.value;
  const isDeclining = useSignal(false);
  const { isBusy, once } = useOnce();
  if (isDeclining.value) {
    return (
      <DeclineTiles
        onBack={() => {
          isDeclining.value = false;
        }}
        onReason={declineReason => once(() => answerOrder(engine, order, { act: 'decline', declineReason }))}
      />
    );
  }
  return (
    <>
      <header class="cab-top">
        <h1>{order.kind === 'move' ? text.newMove : text.newWork}</h1>
      </header>
      <div class="cab-body">
        <p class="order-place">{placeOf(order)}</p>
        <OrderFigures order={order} />
        <OrderDetails order={order} />
        <OrderLinks order={order} />
        {behind > 0 && <p class="cab-small">{text.moreBehind(behind)}</p>}
      </div>
      <footer class="cab-foot">
        <button
          type="button"
          class="cab-button"
          disabled={isBusy}
          onClick={() => {
            isDeclining.value = true;
          }}
        >
          {text.decline}
        </button>
        <button type="button" class="cab-main" disabled={isBusy} onClick={() => once(() => answerOrder(engine, order, { act: 'accept' }))}>
          {text.accept}
        </button>
      </footer>
    </>
  );
}

export function DeclineTiles({ onReason, onBack }: { onReason: (reason: DeclineReason) => void; onBack: () => void }) {
  const text = orderWords.value;
  return (
    <>
      <header class="cab-top">
        <h1>{text.declineTitle}</h1>
        <button type="button" class="cab-button" onClick={onBack}>
          {text.back}
        </button>
      </header>
      <div class="cab-body">
        <div class="cab-tiles">
          {(Object.keys(text.reasons) as DeclineReason[]).map(reason => (
            <button key={reason} type="button" class="cab-tile cab-tile--word" onClick={() => onReason(reason)}>
              {text.reasons[reason]}
            </button>
          ))}
        </div>
      </div>
    </>
  );
}

function Withdrawn({ engine, order }: { engine: Engine; order: CabOrder }) {
  const text = orderWords.value;
  return (
    <Gone title={text.withdrawn} place={placeOf(order)} onUnderstood={() => putAway(engine, order.id, [])}>
      {order.reason !== '' && (
        <p class="order-why">
          {text.why}
          {words.value.colon}
          {order.reason}
        </p>
      )}
    </Gone>
  );
}

/** An answer that came too late, in words; the card behind it shows what the server has. */
function Refused({ engine, shown }: { engine: Engine; shown: Extract<Attention, { kind: 'refused' }> }) {
  const text = orderWords.value;
  const { order } = shown;
  const isWithdrawn = order?.state === 'withdrawn';
  return (
    <Gone
      title={text.refused}
      place={order ? placeOf(order) : shown.about}
      onUnderstood={() => putAway(engine, isWithdrawn ? order.id : null, shown.errands)}
    >
      <p class="order-why">{conflictSaid(shown.problem)}</p>
      {isWithdrawn && order.reason !== '' && (
        <p class="order-why">
          {text.why}
          {words.value.colon}
          {order.reason}
        </p>
      )}
    </Gone>
  );
}

interface GoneParts {
  title: string;
  place: string;
  onUnderstood: () => Promise<void>;
  children: ComponentChildren;
}

function Gone({ title, place, onUnderstood, children }: GoneParts) {
  const { isBusy, once } = useOnce();
  return (
    <>
      <header class="cab-top">
        <h1>✕ {title}</h1>
      </header>
      <div class="cab-body">
        <p class="order-place">{place}</p>
        {children}
      </div>
      <Understood isBusy={isBusy} onTap={() => once(onUnderstood)} />
    </>
  );
}

function Severe({ engine, notice }: { engine: Engine; notice: CabNotice }) {
  const text = orderWords.value;
  const { isBusy, once } = useOnce();
  return (
    <>
      <header class="cab-top">
        <h1>⚠ {text.severe}</h1>
      </header>
      <div class="cab-body">
        <p class="notice-text">{notice.text}</p>
        <p class="cab-call__quiet">{text.from(notice.author, timeNear(notice.at, stored.value!.now))}</p>
        <p class="cab-call__quiet">{text.repeats}</p>
      </div>
      <Understood isBusy={isBusy} onTap={() => once(() => readNotices(engine, [notice]))} />
    </>
  );
}

const Understood = ({ isBusy, onTap }: { isBusy: boolean; onTap: () => void }) => (
  <footer class="cab-foot">
    <button type="button" class="cab-main" disabled={isBusy} onClick={onTap}>
      {orderWords.value.understood}
    </button>
  </footer>
);

/** A second tap of the same hand does nothing. */
export function useOnce(): { isBusy: boolean; once: (act: () => Promise<void>) => void } {
  const isBusy = useSignal(false);
  return {
    isBusy: isBusy.value,
    once: act => {
      if (isBusy.value) return;
      isBusy.value = true;
      void act().finally(() => {
        isBusy.value = false;
      });
    },
  };
}
