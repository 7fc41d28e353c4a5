import { createHash } from 'node:crypto';
import type { Fix } from '../../shared/fix.ts';
import type { Operation } from '../../shared/season.ts';
import type { FinishWord } from '../domain/coverage.ts';
import { evidenceOf, type FoundEvidence, type NearTrack } from '../domain/evidence/evidence.ts';
import type { KnownMachine } from '../domain/evidence/machine-work.ts';
import { isWithin, type Span, workSpansOf } from '../domain/evidence/spans.ts';
import type { FieldShape } from '../domain/field-index.ts';
import type { Swath } from '../domain/swath.ts';
import type { StoredSwaths } from '../stores/derived.ts';
import type { StoredBatch } from '../stores/fix-log.ts';
import { acceptedOf } from './outbox.ts';
import { swathsOf } from './swath-buffer.ts';

/** So many fixes before and after the work are shown, too: how the machine came and went. */
export const MARGIN_SEQS = 90;

/** What is known of a field's work, as it is stored: plain data that can be sent to a thread. */
export interface EvidenceJob {
  shape: FieldShape;
  operation: Operation;
  fold: string;
  neighbours: readonly FieldShape[];
  swaths: readonly StoredSwaths[];
  batches: readonly StoredBatch[];
  machines: readonly KnownMachine[];
  word: FinishWord | null;
}

export type EvidenceDone = Omit<FoundEvidence, 'cells'> & { digest: string };

/** Null: no ground of the field is covered. */
export function workOut(job: EvidenceJob): EvidenceDone | null {
  const swaths = distinctSwaths(job.swaths);
  if (swaths.length === 0) return null;
  const { shape, neighbours, machines, word } = job;
  const found = evidenceOf({ shape, neighbours, swaths, machines, word, tracks: tracksOf(swaths, job.batches) });
  if (!found) return null;
  const { cells, ...rest } = found;
  return { ...rest, digest: digestOfEvidence(job, found) };
}

export function distinctSwaths(stored: readonly StoredSwaths[]): Swath[] {
  const distinct = new Map<string, Swath>();
  for (const run of stored)
    for (const swath of swathsOf(run)) distinct.set(`${run.machine} ${run.outbox} ${swath.seqA} ${swath.seqB}`, swath);
  return [...distinct.values()];
}

function tracksOf(swaths: readonly Swath[], batches: readonly StoredBatch[]): NearTrack[] {
  return workSpansOf(swaths).map(({ machine, outbox, spans }) => {
    const own = batches.filter(batch => batch.machine === machine && batch.outbox === outbox).sort((a, b) => a.firstSeq - b.firstSeq);
    const fixes: Fix[] = [];
    const refused: Record<string, number> = {};
    let thinned = 0;
    for (const batch of own) {
      for (const fix of acceptedOf(batch)) if (isWithin(spans, fix.seq, MARGIN_SEQS)) fixes.push(fix);
      for (const { seq, reasons } of batch.refused ?? [])
        if (isWithin(spans, seq)) for (const reason of reasons) refused[reason] = (refused[reason] ?? 0) + 1;
      for (const range of batch.thinned ?? []) thinned += seqsInCommon(spans, range);
    }
    return { machine, outbox, spans, fixes, refused, thinned };
  });
}

const seqsInCommon = (spans: readonly Span[], [from, to]: Span): number =>
  spans.reduce((sum, span) => sum + Math.max(0, Math.min(to, span[1]) - Math.max(from, span[0]) + 1), 0);

/**
 * sha256 over two lines: the JSON of what was measured, and the sha256 of the cells (a byte each, row by row from the south-western corner:
 * 0 outside, 1 open, 2 covered, 3 closed, 4 covered more than once). Who prints the sheet, and when, does not enter.
 */
function digestOfEvidence({ shape, operation, fold, word }: EvidenceJob, { result, cells }: FoundEvidence): string {
  const { coveredDm2, overlapDm2, firstAt, lastAt, finishedAt, byMachine, byHour } = result;
  const figures = { coveredDm2, overlapDm2, firstAt, lastAt, finishedAt, byMachine, byHour };
  const about = { field: shape.id, boundary: shape.polygon.coordinates, operation, method: fold, ...(word !== null && { word }) };
  const ofCells = createHash('sha256').update(cells).digest('hex');
  return createHash('sha256')
    .update(`${JSON.stringify({ ...about, ...figures })}\n${ofCells}\n`)
    .digest('hex');
}
