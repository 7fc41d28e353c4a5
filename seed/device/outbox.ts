import { MOST_FIXES_A_BATCH } from '../../shared/device.ts';
import type { Fix } from '../../shared/fix.ts';

/** A fix before the outbox has numbered it. */
export type UnnumberedFix = Omit<Fix, 'seq'>;

/** What goes out together: everything after `after` up to `upTo` is either in `fixes` or named in `thinned`. */
export interface Batch {
  after: number;
  upTo: number;
  fixes: Fix[];
  thinned: [from: number, to: number][];
}

/** The contract's limit of thinned ranges in one report. */
const MOST_RANGES_A_BATCH = 200;

/**
 * What a device keeps: fixes numbered from 1, each until the server says that everything up to it is durable. What had to be given up
 * is named. Invariant: every seq in (acked, lastSeq] is kept or thinned, and kept is in order of seq.
 */
export class Outbox {
  acked = 0;
  lastSeq = 0;
  private kept: Fix[] = [];
  private thinned: [from: number, to: number][] = [];

  /** Fixes not acked yet. */
  get pending(): number {
    return this.kept.length;
  }
  /** Nothing is left to tell, thinned ranges included. */
  get empty(): boolean {
    return this.acked >= this.lastSeq;
  }
  get newest(): Fix | undefined {
    return this.kept.at(-1);
  }

  add(fix: UnnumberedFix): Fix {
    const numbered = { ...fix, seq: ++this.lastSeq };
    this.kept.push(numbered);
    return numbered;
  }

  /** Everything up to `upTo` is safe with the server. */
  ack(upTo: number): void {
    if (upTo <= this.acked) return;
    this.acked = Math.min(upTo, this.lastSeq);
    this.kept.splice(0, this.indexAfter(this.acked));
    this.thinned = this.thinned.filter(([, to]) => to > this.acked);
  }

  /** Gives up fixes that were not acked: they will be named as thinned. Returns how many there were. */
  thin(from: number, to: number): number {
    const first = this.indexAfter(from - 1);
    const count = this.indexAfter(to) - first;
    this.kept.splice(first, count);
    this.nameThinned(from, Math.min(to, this.lastSeq));
    return count;
  }

  /**
   * The server waits for `expected`, which was acked before: it has lost what it had promised to keep, and all that is left to do is to
   * name it as thinned.
   */
  rewindTo(expected: number): void {
    if (expected > this.acked) return;
    this.nameThinned(expected, this.acked);
    this.acked = expected - 1;
  }

  /** How many fixes lie after `seq`. */
  countAfter(seq: number): number {
    return this.kept.length - this.indexAfter(seq);
  }

  /** The next batch after `after`, of at most `most` fixes; undefined when there is nothing more. */
  batchAfter(after: number, most: number): Batch | undefined {
    if (after >= this.lastSeq) return undefined;
    const first = this.indexAfter(after);
    const fixes = this.kept.slice(first, first + Math.min(most, MOST_FIXES_A_BATCH));
    const next = this.kept[first + fixes.length];
    const ranges = this.thinned.filter(([from, to]) => to > after && from <= (next?.seq ?? this.lastSeq));
    const thinned = ranges.slice(0, MOST_RANGES_A_BATCH);
    const cut = ranges[MOST_RANGES_A_BATCH];
    if (cut) fixes.splice(fixes.findLastIndex(fix => fix.seq < cut[0]) + 1);
    const upTo = Math.max(fixes.at(-1)?.seq ?? 0, thinned.at(-1)?.[1] ?? 0);
    return { after, upTo, fixes, thinned };
  }

  private nameThinned(from: number, to: number): void {
    const all = [...this.thinned, [from, to] as [number, number]].sort((a, b) => a[0] - b[0]);
    this.thinned = [];
    for (const [start, end] of all) {
      const last = this.thinned.at(-1);
      if (last && start <= last[1] + 1) last[1] = Math.max(last[1], end);
      else this.thinned.push([start, end]);
    }
  }

  /** Index of the first kept fix with a higher seq. */
  private indexAfter(seq: number): number {
    let low = 0,
      high = this.kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.kept[middle].seq <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
