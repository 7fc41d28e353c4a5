import { DEVICE_PROTOCOL, type FixReport } from '../../shared/device.ts';
import { type Fix, readFixRow, rowOfFix } from '../../shared/fix.ts';
import { packFixes } from '../../shared/packing.ts';
import type { Entry } from './field-work.ts';

/** Everything that one outbox ever held, kept after its acknowledgement: it is sent again to an undisturbed program. */
export class LedgerOutbox {
  /** The entry with seq n lies at n − 1. */
  readonly entries: Entry[] = [];
  /** Everything up to this seq was acknowledged. */
  acked = 0;
  /** No entry will follow. */
  ended = false;

  constructor(
    readonly machine: string,
    readonly id: string,
  ) {}

  get last(): number {
    return this.entries.length;
  }

  get drained(): boolean {
    return this.ended && this.acked >= this.last;
  }

  /** Fixes up to a seq, thinned ones not counted. */
  fixesUpTo(seq: number): number {
    return this.entries.slice(0, seq).filter(({ kind }) => kind !== 'thinned').length;
  }

  /** The entries of these seqs as a report, both ends included; packed where that is wished and every row can be. */
  report(from: number, to: number, packed: boolean): FixReport {
    const entries = this.entries.slice(from - 1, to);
    const thinned: [number, number][] = [];
    const fixes: Fix[] = [];
    const rows: unknown[] = [];
    entries.forEach((entry, i) => {
      const seq = from + i;
      if (entry.kind === 'fix') {
        const fix = { seq, ...entry.fix };
        rows.push(rowOfFix(fix));
        fixes.push(readFixRow(rowOfFix(fix)) as Fix);
      } else if (entry.kind === 'malformed') rows.push([seq, entry.fixTime, 113, 34]);
      else if (thinned.at(-1)?.[1] === seq - 1) thinned.at(-1)![1] = seq;
      else thinned.push([seq, seq]);
    });
    const body = packed && fixes.length === rows.length ? { packed: packFixes(fixes) } : { rows };
    return { v: DEVICE_PROTOCOL, outbox: this.id, ...body, ...(thinned.length > 0 && { thinned }) };
  }
}
