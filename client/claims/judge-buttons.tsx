import { useSignal } from '@preact/signals';
import type { FinishVerdict } from '../../shared/claim.ts';
import type { Operation } from '../../shared/season.ts';
import { ask } from '../connection/http.ts';
import { newId } from '../connection/new-id.ts';
import { useTask } from '../orders/use-task.ts';
import { claimListWords, problemSaid } from './words.ts';

interface JudgeParts {
  field: string;
  operation: Operation;
  words: readonly FinishVerdict[];
  onChanged: () => void;
}

/** Confirms that a field is finished, takes it back, or leaves it to the rules; what it means is said before it is done. */
export function JudgeButtons({ field, operation, words, onChanged }: JudgeParts) {
  const text = claimListWords.value;
  const asked = useSignal<FinishVerdict | null>(null);
  const reason = useSignal('');
  const { isBusy, failed, run } = useTask();
  const nameOf = { finished: text.confirm, open: text.reopen, rule: text.byRule };
  const word = asked.value;
  if (word === null) {
    return (
      <p class="claim__acts">
        {words.map(one => (
          <button
            key={one}
            type="button"
            class="button"
            onClick={() => {
              asked.value = one;
            }}
          >
            {nameOf[one]}
          </button>
        ))}
      </p>
    );
  }
  const judge = () =>
    run(async () => {
      const body = { id: newId(), operation, word, reason: reason.value.trim() };
      await ask('judgeField', { id: field }, { body });
      asked.value = null;
      onChanged();
    });
  return (
    <form
      class="claim__form"
      onSubmit={event => {
        event.preventDefault();
        void judge();
      }}
    >
      {word !== 'rule' && <p class="note">{word === 'finished' ? text.confirmWhy : text.reopenWhy}</p>}
      <label>
        {text.wordReason}
        <input maxLength={200} value={reason.value} onInput={event => (reason.value = event.currentTarget.value)} />
      </label>
      {failed.value && (
        <p class="note note--late" role="alert">
          {problemSaid(failed.value.message)}
        </p>
      )}
      <p class="claim__acts">
        <button type="submit" class="button button--main" disabled={isBusy.value}>
          {nameOf[word]}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            asked.value = null;
          }}
        >
          {text.cancel}
        </button>
      </p>
    </form>
  );
}
