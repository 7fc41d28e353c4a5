import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { dayOf, dayStart } from '../../shared/season.ts';
import type { TrackGap } from '../../shared/track-gap.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import { GapList } from './gap-list.tsx';
import { Segments } from './segments.tsx';

const REFRESH_MS = 5_000;
const HOUR_MS = 3_600_000;
const spans = ['2', '6', 'day'] as const;
type Span = (typeof spans)[number];

const startOf = (span: Span, now: number): number => (span === 'day' ? dayStart(dayOf(now)) : now - Number(span) * HOUR_MS);

/** Which part of the machine's track the map draws, kept up to date while it is open. */
export function TrailChoice({ id, now, desk }: { id: string; now: number; desk: Desk }) {
  const { machine: text, problems } = words.value;
  const span = useSignal<Span>('2');
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const isEmpty = useSignal(false);
  const gaps = useSignal<readonly TrackGap[] | null>(null);
  const latest = useRef(now);
  latest.current = now;
  useEffect(() => {
    const stop = new AbortController();
    const load = async () => {
      const to = Math.ceil(latest.current);
      try {
        const { runs, gaps: found } = await ask('trail', { id, from: Math.floor(startOf(span.value, to)), to }, { signal: stop.signal });
        desk.trail.value = runs;
        gaps.value = found;
        isEmpty.value = runs.every(run => run.length < 2);
        failed.value = null;
      } catch (cause) {
        if (stop.signal.aborted) return;
        if (!(cause instanceof RequestFailed)) throw cause;
        failed.value = cause.code;
      }
    };
    void load();
    const timer = setInterval(load, REFRESH_MS);
    return () => {
      stop.abort();
      clearInterval(timer);
      desk.trail.value = [];
    };
  }, [id, span.value]);
  const names: Record<Span, string> = { 2: text.trailHours(2), 6: text.trailHours(6), day: text.trailAllDay };
  return (
    <section>
      <h3>{text.trail}</h3>
      <Segments
        label={text.trail}
        choices={spans.map(value => ({ value, name: names[value] }))}
        chosen={span.value}
        choose={value => {
          span.value = value;
        }}
      />
      <p class="note">{failed.value ? problems[failed.value] : isEmpty.value ? text.trailNone : text.trailGap}</p>
      {gaps.value && <GapList gaps={gaps.value} />}
    </section>
  );
}
