import { MOST_FIXES_A_BATCH } from '../../shared/device.ts';
import type { Fix } from '../../shared/fix.ts';
import { type Batch, batchOf, type SeqRange, withRange } from '../../shared/outbox-batch.ts';

/** A fix before the outbox has numbered it. */
export type UnnumberedFix = Omit<Fix, 'seq'>;

/**
 * What a device keeps: fixes numbered from 1, each until the server says that everything up to it is durable. What had to be given up
 * is named. Invariant: every seq in (acked, lastSeq] is kept or thinned, and kept is in order of seq.
 */
export class Outbox {
  acked = 0;
  lastSeq = 0;
  private kept: Fix[] = [];
  private thinned: SeqRange[] = [];

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
    const nextSeq = this.kept[first + fixes.length]?.seq;
    return batchOf({ after, lastSeq: this.lastSeq, fixes, nextSeq, thinned: this.thinned });
  }

  private nameThinned(from: number, to: number): void {
    this.thinned = withRange(this.thinned, from, to);
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
