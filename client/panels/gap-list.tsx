import type { TrackGap } from '../../shared/track-gap.ts';
import { gapWords } from '../language/gaps.ts';
import { count, timeOfDay } from '../state/format.ts';
import { Quiet } from './message.tsx';

/** The times in which nobody knows where the machine was, and why, newest first. */
export function GapList({ gaps }: { gaps: readonly TrackGap[] }) {
  const text = gapWords.value;
  return (
    <section class="track-gaps">
      <h4>{gaps.length === 0 ? text.title : text.count(gaps.length)}</h4>
      {gaps.length === 0 && <Quiet>{text.none}</Quiet>}
      <ul class="plain-list">
        {[...gaps].reverse().map(({ from, to, cause }) => (
          <li key={`${from}${cause}`}>
            <span>{text.line(timeOfDay(from), timeOfDay(to), count(Math.max(1, (to - from) / 60_000)))}</span>
            <span class="muted">{text.causes[cause]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
