import { count, timeOfDay } from '../state/format.ts';
import { isOnDuty, senses, stored } from './cab-state.ts';
import type { OutboxState } from './store.ts';
import { cabWords } from './words.ts';

const SAY_AFTER_MS = 30_000;

/** Half a minute without a position: what to try. */
export function NoPosition() {
  const text = cabWords.value;
  const { gps, silentMs } = senses.value;
  if (!isOnDuty.value || (gps !== 'forbidden' && silentMs < SAY_AFTER_MS)) return null;
  return (
    <div class="cab-note cab-note--late" role="alert">
      <strong>{gps === 'forbidden' ? text.gps.forbidden : text.gpsTry}</strong>
      <ol>
        {(gps === 'forbidden' ? text.gpsForbiddenSteps : text.gpsSteps).map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}

/** Receiver, screen, gaps: what an operator looks at when something is missing. */
export function Senses({ outbox }: { outbox: OutboxState }) {
  const text = cabWords.value;
  const { gps, wake } = senses.value;
  return (
    <section class="cab-senses">
      {isOnDuty.value && (
        <>
          <p class={`cab-sense cab-sense--${gps}`}>{text.gps[gps]}</p>
          <p class={`cab-sense cab-sense--${wake}`}>{text.wake[wake]}</p>
          <p class="cab-small">{text.lockNote}</p>
        </>
      )}
      <Gaps />
      {outbox.refusedCount > 0 && <p class="cab-small">{text.refused(count(outbox.refusedCount))}</p>}
      {outbox.thinned > 0 && <p class="cab-small">{text.thinned(count(outbox.thinned))}</p>}
    </section>
  );
}

function Gaps() {
  const text = cabWords.value;
  const { gaps } = stored.value!;
  if (gaps.length === 0) return isOnDuty.value ? <p class="cab-small">{text.gapsNone}</p> : null;
  return (
    <details class="cab-gaps">
      <summary>{text.gaps(gaps.length)}</summary>
      <ul>
        {[...gaps].reverse().map(({ from, to, cause }) => (
          <li key={from}>
            <b>{text.gapLine(timeOfDay(from), timeOfDay(to), count(Math.max(1, (to - from) / 60_000)))}</b>
            <span>{text.gapCauses[cause]}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
