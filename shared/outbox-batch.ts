import type { Fix } from './fix.ts';

/** What every sender's outbox has in common, wherever it keeps its fixes. */

/** Seqs that a device gave up, both ends included. */
export type SeqRange = [from: number, to: number];

/** What goes out together: everything after `after` up to `upTo` is either in `fixes` or named in `thinned`. */
export interface Batch {
  after: number;
  upTo: number;
  fixes: Fix[];
  thinned: SeqRange[];
}

/** The contract's limit of thinned ranges in one report. */
const MOST_RANGES_A_BATCH = 200;

/** The ranges with one more, in order; what touches is one. */
export function withRange(ranges: readonly SeqRange[], from: number, to: number): SeqRange[] {
  const joined: SeqRange[] = [];
  for (const [start, end] of [...ranges, [from, to] as const].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1] + 1) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/** From the kept fixes that follow `after` (without a hole between them but what is thinned), the seq of the next one behind them, and all that is thinned. */
export function batchOf(stretch: {
  after: number;
  lastSeq: number;
  fixes: readonly Fix[];
  nextSeq: number | undefined;
  thinned: readonly SeqRange[];
}): Batch {
  const { after, lastSeq, nextSeq } = stretch;
  const fixes = [...stretch.fixes];
  const ranges = stretch.thinned.filter(([from, to]) => to > after && from <= (nextSeq ?? lastSeq));
  const thinned = ranges.slice(0, MOST_RANGES_A_BATCH);
  const cut = ranges[MOST_RANGES_A_BATCH];
  if (cut) fixes.splice(fixes.findLastIndex(fix => fix.seq < cut[0]) + 1);
  return { after, upTo: Math.max(fixes.at(-1)?.seq ?? 0, thinned.at(-1)?.[1] ?? 0), fixes, thinned };
}
