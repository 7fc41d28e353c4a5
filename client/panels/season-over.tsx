import { useSignal } from '@preact/signals';
import { addDays, dayStart } from '../../shared/season.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import type { LiveView } from '../state/live-view.ts';

/** When the demonstration has come to its end, it stops there and offers a new one. */
export function SeasonOver({ view, now, maySet }: { view: LiveView; now: number; maySet: boolean }) {
  const { clock: text, problems } = words.value;
  const asked = useSignal(false);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  if (now < dayStart(addDays(view.season.deadline.sow, 1))) return null;
  const startAgain = async () => {
    asked.value = true;
    try {
      await ask('newDemoSeason');
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
      asked.value = false;
    }
  };
  return (
    <div class="map-card" role="status">
      <strong>{text.over}</strong>
      <p>{text.overNext}</p>
      {failed.value && <p class="note note--late">{problems[failed.value]}</p>}
      {maySet && (
        <button type="button" class="button button--main" disabled={asked.value} onClick={() => void startAgain()}>
          {text.startAgain}
        </button>
      )}
    </div>
  );
}
