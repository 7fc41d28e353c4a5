import type { ClockLine } from '../../shared/clock.ts';
import type { Live } from '../connection/live.ts';
import { words } from '../language/language.ts';

const SPEEDS = [1, 5, 10, 30, 60, 120];

/** Pause and speed of the demonstration's season clock. */
export function ClockControls({ clock, live, maySet }: { clock: ClockLine | null; live: Live; maySet: boolean }) {
  const { clock: text } = words.value;
  if (clock === null) return null;
  const isPaused = clock.speed === 0;
  if (!maySet) return <span class="clock__speed">{isPaused ? text.paused : text.times(clock.speed)}</span>;
  const speeds = isPaused || SPEEDS.includes(clock.speed) ? SPEEDS : [...SPEEDS, clock.speed].sort((one, other) => one - other);
  return (
    <div class="clock">
      <button
        type="button"
        class="icon-button"
        aria-label={isPaused ? text.resume : text.pause}
        title={isPaused ? text.resume : text.pause}
        onClick={() => live.setClock({ paused: !isPaused })}
      >
        {isPaused ? '▶' : '❚❚'}
      </button>
      <select
        class="select"
        aria-label={text.speed}
        title={text.speed}
        value={isPaused ? '' : String(clock.speed)}
        onChange={event => live.setClock({ speed: Number(event.currentTarget.value), paused: false })}
      >
        {isPaused && <option value="">{text.paused}</option>}
        {speeds.map(speed => (
          <option key={speed} value={String(speed)}>
            {text.times(speed)}
          </option>
        ))}
      </select>
    </div>
  );
}
