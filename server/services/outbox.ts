import { type FixReport, MOST_FIXES_A_BATCH, type RefusalReason } from '../../shared/device.ts';
import { type Fix, isWellFormed, type MalformedRow, readFixRow, rowOfFix } from '../../shared/fix.ts';
import { packFixes, unpackFixes } from '../../shared/packing.ts';
import { Refusal } from '../../shared/reply.ts';
import { admit } from '../domain/admission.ts';
import { FixJudge, type JudgeContext, type JudgeState } from '../domain/verdict.ts';
import type { RefusedFix, StoredBatch } from '../stores/fix-log.ts';
import type { Draft } from './fix-appender.ts';

export type BatchRow = Fix | MalformedRow;
const isMalformed = (row: BatchRow): row is MalformedRow => 'raw' in row;

/** What a report holds. `packed` is the stored form of exactly these rows, when the device sent it so. */
export interface ReadReport {
  rows: BatchRow[];
  packed: Uint8Array | null;
  thinned: readonly [number, number][];
}

/** Reads a report, plain or packed. What is not even a row makes the whole batch invalid; a bad row is kept for quarantine. */
export function readReport({ packed, rows, thinned = [] }: FixReport): ReadReport {
  if (packed && rows) throw new Refusal('invalid', 'send rows or packed, not both');
  if (!packed) return { rows: (rows ?? []).map(readRow), packed: null, thinned };
  const fixes = unpack(packed);
  return fixes.every(isWellFormed)
    ? { rows: fixes, packed, thinned }
    : { rows: fixes.map((fix, index) => readRow(rowOfFix(fix), index)), packed: null, thinned };
}

export function readRow(row: unknown, index: number): BatchRow {
  const read = readFixRow(row);
  if (!read) throw new Refusal('invalid', `rows[${index}]: not a row with a seq from 1 up as its first member`);
  return read;
}

function unpack(packed: Uint8Array): Fix[] {
  try {
    return unpackFixes(packed, MOST_FIXES_A_BATCH);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('invalid', error.message);
    throw error;
  }
}

/** A batch on its way to the log, with what the fold will need of it. */
export interface Admitted {
  draft: Draft;
  accepted: Fix[];
}

/** The one serial owner of an outbox: what is stored, what is on its way, and the judge of its fixes. */
export class Outbox {
  /** The highest seq that was handed to the log. */
  handedOverSeq: number;
  /** Ends when everything handed over so far is durable; fails when its place was taken. */
  private tail: Promise<void> = Promise.resolve();
  private readonly judge: FixJudge;

  constructor(
    readonly machine: string,
    readonly outbox: string,
    lastSeq: number,
    judge?: JudgeState,
  ) {
    this.handedOverSeq = lastSeq;
    this.judge = new FixJudge(judge);
  }

  /** The owner as the last stored batch leaves it. */
  static after(machine: string, outbox: string, last: StoredBatch | null): Outbox {
    return last
      ? new Outbox(machine, outbox, last.lastSeq, last.judge ?? { good: placeOf(unpackFixes(last.packed).at(-1)!), run: [] })
      : new Outbox(machine, outbox, 0);
  }

  /** Judges what is new in a batch; null when all of it is known. Throws `invalid` with the expected seq on a gap. */
  admit({ rows, packed, thinned }: ReadReport, context: JudgeContext): Admitted | null {
    const admission = admit(rows, thinned, this.handedOverSeq);
    if (admission.kind === 'gap') {
      throw new Refusal('invalid', `the batch is out of turn: seq ${admission.expectedSeq} is next, or must be named as thinned`, {
        expectedSeq: admission.expectedSeq,
      });
    }
    if (admission.kind === 'disorder') throw new Refusal('invalid', `seq ${admission.seq} does not rise within the batch`);
    if (admission.kind === 'known') return null;
    this.handedOverSeq = admission.lastSeq;
    const isWhole = admission.rows.length === rows.length;
    return this.judgeRows({ ...admission, packed: isWhole ? packed : null }, context);
  }

  /** Everything that was handed over before is durable when this resolves. */
  settled(): Promise<void> {
    return this.tail;
  }

  /** Whoever hands over a batch waits for it, too, and so hears of a failure. */
  follow(durable: Promise<void>): void {
    this.tail = durable;
  }

  private judgeRows(
    fresh: { rows: readonly BatchRow[]; packed: Uint8Array | null; firstSeq: number; lastSeq: number; thinned: [number, number][] },
    context: JudgeContext,
  ): Admitted {
    const accepted: Fix[] = [];
    const refused: RefusedFix[] = [];
    let firstTime: number | null = null;
    let lastTime: number | null = null;
    for (const row of fresh.rows) {
      if (isMalformed(row)) {
        refused.push({ seq: row.seq, reasons: ['malformed'], raw: row.raw });
        continue;
      }
      const reasons = this.judge.verdict(row, context);
      if (reasons.length > 0) {
        refused.push({ seq: row.seq, reasons: reasons as RefusalReason[] });
        continue;
      }
      accepted.push(row);
      if (firstTime === null || row.fixTime < firstTime) firstTime = row.fixTime;
      if (lastTime === null || row.fixTime > lastTime) lastTime = row.fixTime;
    }
    const draft: Draft = {
      machine: this.machine,
      outbox: this.outbox,
      firstSeq: fresh.firstSeq,
      lastSeq: fresh.lastSeq,
      firstTime,
      lastTime,
      receivedAt: context.receivedAt,
      packed: fresh.packed ?? packFixes(fresh.rows.filter((row): row is Fix => !isMalformed(row))),
      ...(refused.length > 0 && { refused }),
      ...(fresh.thinned.length > 0 && { thinned: fresh.thinned }),
      ...(accepted.at(-1)?.seq !== fresh.lastSeq && { judge: this.judge.state() }),
    };
    return { draft, accepted };
  }
}

const placeOf = (fix: Fix) => ({ lng: fix.lng, lat: fix.lat, fixTime: fix.fixTime });

/** The accepted fixes of a stored batch, as they were judged on arrival. */
export function acceptedOf(batch: StoredBatch): Fix[] {
  const refused = new Set((batch.refused ?? []).map(one => one.seq));
  const fixes = unpackFixes(batch.packed);
  return refused.size === 0 ? fixes : fixes.filter(fix => !refused.has(fix.seq));
}
