import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { type Answer, answerOrder } from './acts.ts';
import { DeclineTiles, useOnce } from './call.tsx';
import type { Engine } from './engine.ts';
import { type CabOrder, nextAct } from './inbox.ts';
import { orderWords } from './order-words.ts';

interface Parts {
  engine: Engine;
  order: CabOrder;
  isDisabled: boolean;
  /** What else may be tapped meanwhile. */
  children: ComponentChildren;
}

/** The next step of the order at hand. What cannot be taken back, ending it or giving it up, is asked once more. */
export function OrderButton({ engine, order, isDisabled, children }: Parts) {
  const text = orderWords.value;
  const asked = useSignal<'finish' | 'decline' | null>(null);
  const { isBusy, once } = useOnce();
  const act = nextAct(order);
  const ask = (what: typeof asked.value) => () => {
    asked.value = what;
  };
  const answer = (given: Answer) => once(() => answerOrder(engine, order, given).then(ask(null)));
  if (asked.value === 'decline') {
    return (
      <div class="cab-call">
        <div class="cab-page">
          <DeclineTiles onBack={ask(null)} onReason={declineReason => answer({ act: 'decline', declineReason })} />
        </div>
      </div>
    );
  }
  if (act === null) return null;
  if (asked.value === 'finish') return <FinishAsked isBusy={isBusy} onYes={() => answer({ act })} onNo={ask(null)} />;
  const isWorking = order.state === 'working';
  return (
    <>
      <div class="cab-row">
        {children}
        {!isWorking && (
          <button type="button" class="cab-button" disabled={isDisabled || isBusy} onClick={ask('decline')}>
            {text.cannot}
          </button>
        )}
      </div>
      <button type="button" class="cab-main" disabled={isDisabled || isBusy} onClick={isWorking ? ask('finish') : () => answer({ act })}>
        {act === 'finish' && order.kind === 'move' ? text.arrived : text.acts[act]}
      </button>
    </>
  );
}

function FinishAsked({ isBusy, onYes, onNo }: { isBusy: boolean; onYes: () => void; onNo: () => void }) {
  const text = orderWords.value;
  return (
    <div class="order-ask" role="alert">
      <strong>{text.finishAsk}</strong>
      <button type="button" class="cab-button" onClick={onNo}>
        {text.finishNo}
      </button>
      <button type="button" class="cab-main" disabled={isBusy} onClick={onYes}>
        {text.finishYes}
      </button>
    </div>
  );
}
