import { count } from '../state/format.ts';
import type { ReceptionDesk } from './desk.ts';
import { receptionWords } from './words.ts';

/** How much of what was written the server does not have yet, and what it did not take. Always there. */
export function ReceptionSync({ desk }: { desk: ReceptionDesk }) {
  const text = receptionWords.value.sync;
  const { acts, held, isLasting } = desk.outgoing;
  const refused = acts.value.filter(act => act.refused !== null);
  const unsent = acts.value.length - refused.length;
  const isAway = held.value !== null || desk.failed.value !== null;
  const kind = refused.length > 0 ? 'problem' : unsent > 0 || isAway ? 'waiting' : 'all';
  return (
    <div class={`reception__sync reception__sync--${kind}`} role="status">
      <b>
        <span aria-hidden="true">{kind === 'all' ? '●' : kind === 'waiting' ? '◐' : '!'}</span>{' '}
        {unsent === 0 ? text.all : text.some(count(unsent))}
      </b>
      {refused.length > 0 && <span>{text.problem(count(refused.length))}</span>}
      {unsent > 0 && held.value !== null && <span>{text.held}</span>}
      {unsent === 0 && isAway && <span>{text.stale}</span>}
      {!isLasting && <span>{text.notLasting}</span>}
      {refused.map(act => (
        <span key={act.id} class="reception__refused">
          {text.refused} {reasonOf(act.refused!)}{' '}
          <button type="button" class="link" onClick={() => void desk.outgoing.discard(act.id)}>
            {text.discard}
          </button>
        </span>
      ))}
    </div>
  );
}

/** The server's sentence begins with what is wrong. */
function reasonOf(message: string): string {
  const text = receptionWords.value.sync;
  if (message === 'forbidden') return text.forbidden;
  return text.reasons[message.split(':')[0]] ?? text.reasons.other;
}
