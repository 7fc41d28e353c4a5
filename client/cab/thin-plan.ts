import type { SeqRange } from '../../shared/outbox-batch.ts';

interface Dated {
  seq: number;
  fixTime: number;
}

/** Which of the oldest fixes to give up, so that one in `everyMs` is left; the first and the last of them stay. */
export function toThin(fixes: readonly Dated[], everyMs: number): number[] {
  const given: number[] = [];
  let keptAt = fixes[0]?.fixTime ?? 0;
  for (const { seq, fixTime } of fixes.slice(1, -1)) {
    if (Math.abs(fixTime - keptAt) < everyMs) given.push(seq);
    else keptAt = fixTime;
  }
  return given;
}

/** The seqs after `after` and before `end` that are not among the fixes, which are in order. */
export function holesIn(after: number, fixes: readonly { seq: number }[], end: number): SeqRange[] {
  const holes: SeqRange[] = [];
  let last = after;
  for (const seq of [...fixes.map(fix => fix.seq), end]) {
    if (seq > last + 1) holes.push([last + 1, seq - 1]);
    last = seq;
  }
  return holes;
}
