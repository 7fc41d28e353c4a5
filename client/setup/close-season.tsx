import { useSignal } from '@preact/signals';
import type { Season } from '../../shared/season.ts';
import { ask } from '../connection/http.ts';
import { enter } from '../connection/session.ts';
import { problemText } from './problem-text.ts';
import { setupWords } from './words.ts';

/** Ends the season for good, by its year typed by hand. */
export function CloseSeason({ season, closed }: { season: Season; closed: () => Promise<void> }) {
  const text = setupWords.value.close;
  const typed = useSignal('');
  const busy = useSignal(false);
  const failed = useSignal<string | null>(null);
  const close = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    try {
      await ask('closeSeason', { year: season.year }, { body: { confirm: typed.value } });
      await closed();
      await enter();
    } catch (cause) {
      failed.value = problemText(cause);
    }
    busy.value = false;
  };
  return (
    <details class="close-season">
      <summary>{text.title}</summary>
      <form class="season-form" onSubmit={event => void close(event)}>
        <p>{text.lead}</p>
        <label class="season-form__field">
          <span>{text.type(season.year)}</span>
          <input
            type="text"
            inputMode="numeric"
            autoComplete="off"
            value={typed.value}
            onInput={event => {
              typed.value = event.currentTarget.value;
              failed.value = null;
            }}
          />
        </label>
        {failed.value && (
          <p class="note note--late" role="alert">
            {failed.value}
          </p>
        )}
        <button type="submit" class="button close-season__button" disabled={busy.value || typed.value.trim() !== String(season.year)}>
          {busy.value ? text.closing : text.close(season.year)}
        </button>
      </form>
    </details>
  );
}
