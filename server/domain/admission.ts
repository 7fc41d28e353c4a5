/** What is new in a batch, given what its outbox has stored already. Resends in any chunking, overlaps and duplicates end here. */
export type Admission<Row> =
  | { kind: 'known' }
  | { kind: 'gap'; expectedSeq: number }
  | { kind: 'disorder'; seq: number }
  | { kind: 'fresh'; rows: readonly Row[]; firstSeq: number; lastSeq: number; thinned: [number, number][] };

/**
 * `rows` must rise in seq; a hole among the new ones is allowed only where `thinned` names it. `lastSeq` is the highest seq stored or on its
 * way to the log.
 */
export function admit<Row extends { seq: number }>(
  rows: readonly Row[],
  thinned: readonly (readonly [number, number])[],
  lastSeq: number,
): Admission<Row> {
  const next = lastSeq + 1;
  if (rows.length > 0 && thinned.length === 0 && rows.every((row, i) => row.seq === next + i)) {
    return { kind: 'fresh', rows, firstSeq: next, lastSeq: lastSeq + rows.length, thinned: [] };
  }
  for (let i = 1; i < rows.length; i++) if (rows[i].seq <= rows[i - 1].seq) return { kind: 'disorder', seq: rows[i].seq };
  const ranges = thinned.filter(([from, to]) => to > lastSeq && to >= from).sort((a, b) => a[0] - b[0]);
  const used: [number, number][] = [];
  let expected = lastSeq + 1;
  const passThinned = (before: number): void => {
    for (const [from, to] of ranges) {
      if (from > expected || to < expected || expected >= before) continue;
      const last = Math.min(to, before - 1);
      used.push([expected, last]);
      expected = last + 1;
    }
  };
  const fresh: Row[] = [];
  for (const row of rows) {
    if (row.seq <= lastSeq) continue;
    passThinned(row.seq);
    if (row.seq !== expected) return { kind: 'gap', expectedSeq: expected };
    fresh.push(row);
    expected++;
  }
  passThinned(Number.POSITIVE_INFINITY);
  if (ranges.some(([, to]) => to >= expected)) return { kind: 'gap', expectedSeq: expected };
  if (expected === lastSeq + 1) return { kind: 'known' };
  return { kind: 'fresh', rows: fresh, firstSeq: lastSeq + 1, lastSeq: expected - 1, thinned: used };
}
