import { count } from '../state/format.ts';
import type { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';

/** How much of what was typed the server does not have yet, and why. Always there. */
export function SyncState({ desk }: { desk: StationDesk }) {
  const text = stationWords.value.sync;
  const unsent = desk.unsent.value;
  const { repairs, photos, deeds, held, isLasting } = desk.outgoing;
  const problems =
    repairs.value.filter(kept => kept.trouble).length +
    photos.value.filter(photo => photo.refused).length +
    deeds.value.filter(deed => deed.refused !== null).length;
  const isAway = held.value !== null || desk.failed.value !== null;
  const kind = problems > 0 ? 'problem' : unsent > 0 || isAway ? 'waiting' : 'all';
  return (
    <div class={`sync sync--${kind}`} role="status">
      <b>
        <span aria-hidden="true">{kind === 'all' ? '●' : kind === 'waiting' ? '◐' : '!'}</span>{' '}
        {unsent === 0 ? text.all : text.some(count(unsent))}
      </b>
      {problems > 0 && <span>{text.problem(count(problems))}</span>}
      {unsent > 0 && held.value !== null && <span>{text.held}</span>}
      {unsent === 0 && isAway && <span>{text.stale}</span>}
      {!isLasting && <span>{text.notLasting}</span>}
    </div>
  );
}
