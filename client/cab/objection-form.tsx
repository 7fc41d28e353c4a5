import { useSignal } from '@preact/signals';
import type { ObjectionReason } from '../../shared/claim.ts';
import { mu } from '../state/format.ts';
import { objectTo } from './acts.ts';
import { useOnce } from './call.tsx';
import { claimWords } from './claim-words.ts';
import type { Engine } from './engine.ts';
import { muTyped, type ShownRow } from './record.ts';

/** What is wrong with a row, by large tiles; how many mu it should be, and a word, if the operator likes. */
export function ObjectionForm({ engine, row, onDone }: { engine: Engine; row: ShownRow; onDone: () => void }) {
  const text = claimWords.value;
  const reason = useSignal<ObjectionReason | null>(null);
  const claimed = useSignal('');
  const note = useSignal('');
  const { isBusy, once } = useOnce();
  const claimedMu = muTyped(claimed.value);
  const isReady = reason.value !== null && claimedMu !== 'wrong';
  const send = () =>
    once(async () => {
      if (reason.value === null || claimedMu === 'wrong') return;
      await objectTo(engine, row, { reason: reason.value, claimedMu, note: note.value.trim() });
      onDone();
    });
  return (
    <main class="cab-page">
      <header class="cab-top">
        <h1>{text.objectTitle}</h1>
        <button type="button" class="cab-button" onClick={onDone}>
          {text.back}
        </button>
      </header>
      <div class="cab-body">
        <p>
          {row.village} · {row.day.slice(5)} · {text.operations[row.operation]} · {text.measured(mu(row.mu))}
        </p>
        <div class="cab-tiles">
          {(Object.keys(text.reasons) as ObjectionReason[]).map(one => (
            <button
              key={one}
              type="button"
              class="cab-tile cab-tile--word"
              aria-pressed={reason.value === one}
              onClick={() => {
                reason.value = one;
              }}
            >
              {text.reasons[one]}
            </button>
          ))}
        </div>
        <label class="cab-field">
          <span>{text.claimed}</span>
          <input
            inputMode="decimal"
            value={claimed.value}
            aria-invalid={claimedMu === 'wrong'}
            maxLength={8}
            onInput={event => {
              claimed.value = event.currentTarget.value;
            }}
          />
        </label>
        <label class="cab-field">
          <span>{text.note}</span>
          <input
            value={note.value}
            maxLength={200}
            onInput={event => {
              note.value = event.currentTarget.value;
            }}
          />
        </label>
      </div>
      <footer class="cab-foot">
        <button type="button" class="cab-main" disabled={!isReady || isBusy} onClick={send}>
          {reason.value === null ? text.pick : text.send}
        </button>
      </footer>
    </main>
  );
}
