import { words } from '../language/language.ts';
import { ageOf, timeNear } from '../state/format.ts';
import { boardWords } from './words.ts';

/** How long it is like that, and since when; amber with a sign when it is too long. */
export function Since({ at, now, isLong }: { at: number | null; now: number; isLong: boolean }) {
  if (at === null) return <span class="muted">{boardWords.value.machines.unknownSince}</span>;
  return (
    <span class={`since ${isLong ? 'since--long' : ''}`} title={timeNear(at, now)}>
      {isLong && (
        <span role="img" aria-label={boardWords.value.tooLong}>
          ⚠{' '}
        </span>
      )}
      {words.value.span(ageOf(at, now))}
    </span>
  );
}
