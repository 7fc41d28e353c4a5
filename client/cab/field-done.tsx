import { useSignal } from '@preact/signals';
import { claimFinished } from './acts.ts';
import { ownership, stored } from './cab-state.ts';
import { useOnce } from './call.tsx';
import { claimWords } from './claim-words.ts';
import type { Engine } from './engine.ts';

/** The operator says that the field is done, asked once more; then what became of it. */
export function FieldDone({ engine }: { engine: Engine }) {
  const text = claimWords.value;
  const isAsked = useSignal(false);
  const { isBusy, once } = useOnce();
  const { facts, errands } = stored.value!;
  const { field = null, operation = null } = facts.cab ?? {};
  if (field === null || operation === null || field.ownMu <= 0) return null;
  if (field.finished) return <p class="cab-small">✓ {text.doneFinished}</p>;
  const isWaiting = errands.some(({ route, state, params }) => route === 'claimFinished' && state === 'waiting' && params?.id === field.id);
  if (isWaiting) return <p class="cab-small">{text.doneWaiting}</p>;
  if (field.claimedAt != null) return <p class="cab-small">{text.doneClaimed}</p>;
  if (!isAsked.value) {
    return (
      <button
        type="button"
        class="cab-button"
        disabled={ownership.value !== 'owner'}
        onClick={() => {
          isAsked.value = true;
        }}
      >
        {text.done}
      </button>
    );
  }
  const no = () => {
    isAsked.value = false;
  };
  return (
    <div class="order-ask" role="alert">
      <strong>{text.doneAsk(field.village)}</strong>
      <p class="cab-small">{text.doneWhy}</p>
      <div class="cab-row">
        <button type="button" class="cab-button" onClick={no}>
          {text.doneNo}
        </button>
        <button
          type="button"
          class="cab-button cab-button--yes"
          disabled={isBusy}
          onClick={() => once(() => claimFinished(engine, { field: field.id, operation, village: field.village }).then(no))}
        >
          {text.doneYes}
        </button>
      </div>
    </div>
  );
}
