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
