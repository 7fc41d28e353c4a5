import { count, mu, timeOfDay } from '../state/format.ts';
import { notices, pending, senses, stored } from './cab-state.ts';
import type { Engine } from './engine.ts';
import { orderWords } from './order-words.ts';
import { cabWords } from './words.ts';

/** While working and untouched: a dim clock that spares the battery and says that all is well, or not. */
export function DarkClock({ engine, onWake }: { engine: Engine; onWake: () => void }) {
  const text = cabWords.value;
  const { link, gps } = senses.value;
  const { cab } = stored.value!.facts;
  const unread = notices.value.filter(({ readAt }) => readAt === null).length;
  return (
    <button type="button" class="cab-dark" onClick={onWake}>
      <span class="cab-dark__time">{timeOfDay(engine.seasonNow())}</span>
      <span class="cab-dark__mu">
        {text.today} {cab ? mu(cab.todayMu) : '—'} {text.mu}
      </span>
      <span>{text.gps[gps]}</span>
      <span>
        {text.links[link]} · {text.waiting} {count(pending.value)}
      </span>
      {unread > 0 && <span>{orderWords.value.unread(unread)}</span>}
      <span class="cab-dark__hint">{text.clockTouch}</span>
    </button>
  );
}
