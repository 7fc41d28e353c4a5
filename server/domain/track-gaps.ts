import type { TrackGap } from '../../shared/track-gap.ts';

/** An accepted fix, and what went missing since the accepted one before it in the same outbox. */
export interface Mark {
  at: number;
  /** Given up by a device without room. */
  thinned: number;
  /** Too far off to be used. */
  refused: number;
}

export interface DutyChange {
  at: number;
  on: boolean;
}

interface Span {
  from: number;
  to: number;
}

/** A machine that stands keeps one fix a minute. */
const SILENCE_MS = 90_000;
/** Stretches that were thinned with no more than this between them are one. */
const APART_MS = 60_000;

/**
 * The times in a span of which no track is known, each with its cause. `marks` are ordered by time; `reported` is what the phone said of
 * itself and wins over what is seen here; `duties` are ordered, the first may lie before the span. Where duty is not known (a terminal),
 * only what lies between two fixes counts.
 */
export function trackGaps(
  span: Span,
  what: { marks: readonly Mark[]; reported: readonly TrackGap[]; duties: readonly DutyChange[] },
): TrackGap[] {
  const { marks, duties } = what;
  const reported = what.reported.map(gap => ({ ...gap, from: Math.max(gap.from, span.from), to: Math.min(gap.to, span.to) }));
  const seen = [...lead(span, marks, duties), ...between(marks, duties), ...tail(span, marks, duties)];
  const unsaid = seen.filter(gap => gap.cause === 'thinned' || gap.cause === 'offDuty' || !isSaid(gap, reported));
  return [...reported, ...unsaid].sort((a, b) => a.from - b.from);
}

const isLong = ({ from, to }: Span): boolean => to - from > SILENCE_MS;
const overlapMs = (a: Span, b: Span): number => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
const isSaid = (gap: Span, reported: readonly Span[]): boolean =>
  reported.reduce((sum, one) => sum + overlapMs(gap, one), 0) > (gap.to - gap.from) / 2;

/** On duty, and no position came yet: from the first instant of it in the span. */
const lead = (span: Span, [first]: readonly Mark[], duties: readonly DutyChange[]): TrackGap[] =>
  first
    ? onDuty({ from: span.from, to: first.at }, duties)
        .filter(isLong)
        .map(part => ({ ...part, cause: 'unknown' as const }))
    : [];

/** On duty, and nothing has come since the last position. */
const tail = (span: Span, marks: readonly Mark[], duties: readonly DutyChange[]): TrackGap[] =>
  onDuty({ from: marks.at(-1)?.at ?? span.from, to: span.to }, duties)
    .filter(isLong)
    .map(part => ({ ...part, cause: part.to === span.to ? ('waiting' as const) : ('unknown' as const) }));

function between(marks: readonly Mark[], duties: readonly DutyChange[]): TrackGap[] {
  const gaps: TrackGap[] = [];
  for (const [i, mark] of marks.entries()) {
    if (i === 0) continue;
    const silence = { from: marks[i - 1].at, to: mark.at };
    if (mark.thinned > 0) addThinned(gaps, silence);
    else if (isLong(silence)) gaps.push(...causesOf(silence, mark, duties));
  }
  return gaps;
}

function addThinned(gaps: TrackGap[], { from, to }: Span): void {
  const last = gaps.at(-1);
  if (last?.cause === 'thinned' && from - last.to <= APART_MS) last.to = to;
  else gaps.push({ from, to, cause: 'thinned' });
}

function causesOf(silence: Span, mark: Mark, duties: readonly DutyChange[]): TrackGap[] {
  const cause = mark.refused > 0 ? ('refused' as const) : ('unknown' as const);
  const off = dutyParts(silence, duties).filter(({ on }) => on === false);
  const rest = dutyParts(silence, duties).filter(({ on }) => on !== false);
  return [
    ...off.filter(isLong).map(({ from, to }) => ({ from, to, cause: 'offDuty' as const })),
    ...rest.filter(isLong).map(({ from, to }) => ({ from, to, cause })),
  ].sort((a, b) => a.from - b.from);
}

const onDuty = (span: Span, duties: readonly DutyChange[]): Span[] =>
  dutyParts(span, duties)
    .filter(({ on }) => on === true)
    .map(({ from, to }) => ({ from, to }));

/** The span cut up where the duty changed; null: nobody said. */
function dutyParts(span: Span, duties: readonly DutyChange[]): (Span & { on: boolean | null })[] {
  const parts: (Span & { on: boolean | null })[] = [];
  let on: boolean | null = null;
  let from = span.from;
  for (const change of duties) {
    if (change.at >= span.to) break;
    if (change.at > from && change.on !== on) {
      parts.push({ from, to: change.at, on });
      from = change.at;
    }
    on = change.on;
  }
  if (span.to > from) parts.push({ from, to: span.to, on });
  return parts;
}
