import type { ComponentChildren } from 'preact';
import { count, mu, timeNear, timeWithSeconds } from '../state/format.ts';
import { isOnDuty, pending, senses, stored } from './cab-state.ts';
import type { OutboxState } from './store.ts';
import { cabWords } from './words.ts';

/** Today's and this field's mu as the server worked them out, what waits on the phone, and what the server has. */
export function Figures({ outbox, now, children }: { outbox: OutboxState; now: number; children: ComponentChildren }) {
  const text = cabWords.value;
  const { cab } = stored.value!.facts;
  const field = cab?.field ?? null;
  return (
    <section class="cab-figures">
      <div class="cab-today">
        <span>{text.today}</span>
        <b>{cab ? mu(cab.todayMu) : '—'}</b>
        <span>{text.mu}</span>
      </div>
      {!cab && <p class="cab-small">{text.noFigures}</p>}
      {isOnDuty.value && cab && (
        <div class="cab-this">
          <span>{text.thisField}</span>
          {field ? (
            <>
              <b>{text.ofMu(mu(field.coveredMu), mu(field.areaMu))}</b>
              <progress value={field.coveredMu} max={Math.max(field.areaMu, field.coveredMu)} />
            </>
          ) : (
            <b class="cab-this__none">{text.noField}</b>
          )}
        </div>
      )}
      {children}
      <Waiting outbox={outbox} />
      <p class="cab-small">{serverHas(outbox, now)}</p>
    </section>
  );
}

function serverHas(outbox: OutboxState, now: number): string {
  const text = cabWords.value;
  const at = Math.max(outbox.ackedFixTime ?? 0, stored.value!.facts.cab?.lastFixTime ?? 0);
  if (at === 0) return text.serverHasNone;
  const near = timeNear(at, now);
  return text.serverHas(near.length > 5 ? near : timeWithSeconds(at));
}

/** Amber is normal here: nothing is lost. */
function Waiting({ outbox }: { outbox: OutboxState }) {
  const text = cabWords.value;
  const waiting = pending.value;
  const older = waiting - outbox.pending;
  const isAway = senses.value.link !== 'connected';
  const isQuiet = waiting === 0 || (!isAway && waiting < 30);
  return (
    <div class={`cab-waiting ${isQuiet ? '' : 'cab-waiting--some'}`} role="status">
      <strong>
        {text.waiting} {count(waiting)}
      </strong>
      <span>{waiting === 0 ? text.waitingNone : isAway ? text.waitingNote : text.waitingNow}</span>
      {older > 0 && <span>{text.otherMachines(count(older))}</span>}
    </div>
  );
}
