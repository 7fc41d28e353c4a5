import { words } from '../language/language.ts';
import { percent } from '../state/format.ts';

const clamped = (value: number): number => Math.min(100, Math.max(0, value * 100));

/** A bar with the tick where the unit should be now. */
export function ProgressBar({ progress, expected, large = false }: { progress: number | null; expected: number | null; large?: boolean }) {
  const isLate = progress !== null && expected !== null && progress < expected;
  return (
    <div
      class={`bar ${large ? 'bar--large' : ''}`}
      role="img"
      aria-label={`${percent(progress)}, ${words.value.expected} ${percent(expected)}`}
    >
      <div class="bar__done" style={{ width: `${clamped(progress ?? 0)}%` }} />
      {isLate && <div class="bar__late" style={{ left: `${clamped(progress)}%`, width: `${clamped(expected - progress)}%` }} />}
      {expected !== null && <div class="bar__tick" style={{ left: `${clamped(expected)}%` }} />}
    </div>
  );
}

/** How far behind or ahead, in words and with a sign: colour alone would not do. */
export function Lateness({ lateBy, short = false }: { lateBy: number | null; short?: boolean }) {
  const text = words.value;
  if (lateBy === null) return null;
  const value = Math.abs(lateBy * 100).toFixed(2);
  if (value === '0.00') return <span class="chip">{text.onTime}</span>;
  if (lateBy > 0) return <span class="chip chip--late">▾ {short ? value : text.lateBy(value)}</span>;
  return <span class="chip chip--ahead">▴ {short ? value : text.aheadBy(value)}</span>;
}
