import type { Fix } from '../../shared/fix.ts';
import type { Measurement, Place, WidthSource } from '../../shared/measurement.ts';
import type { WorkState } from '../../shared/registry.ts';
import type { Operation } from '../../shared/season.ts';
import { muOfM2 } from '../../shared/units.ts';
import { FieldCoverage } from './coverage.ts';
import { FieldIndex, type FieldShape } from './field-index.ts';
import { metresBetween } from './local-frame.ts';
import { OutboxFold } from './outbox-fold.ts';
import { passSpacingOf, widthOfSpacing } from './pass-spacing.ts';

/** A track is one outbox of one machine: swaths never join two. */
export interface MeasuredTrack {
  track: string;
  /** Accepted fixes only, rising seq. */
  fixes: readonly Fix[];
}

export interface MeasureOptions {
  fields: readonly FieldShape[];
  widthM: number | null;
  operation: Operation;
  live: boolean;
}

export interface FixLabel {
  seq: number;
  workState: WorkState;
  place: Place;
}

export interface Measured {
  answer: Measurement;
  labels: FixLabel[][];
}

/** The header of most combines that travel with the wheat, when nothing says anything of the width. */
const USUAL_WIDTH_M = 2.5;

export function measure(tracks: readonly MeasuredTrack[], options: MeasureOptions): Measured {
  const width = widthOf(tracks, options.widthM);
  const index = new FieldIndex(options.fields);
  const coverage = new Map(options.fields.map(shape => [shape.id, new FieldCoverage(shape)]));
  const labels = tracks.map((track, i) => {
    const implement = { from: 0, operation: options.operation, workingWidthM: width.value };
    const fold = new OutboxFold({ id: track.track, implements: [implement] }, `track-${i}`);
    return track.fixes.map((fix): FixLabel => {
      fold.take(fix, { index }, (shape, _operation, swath) => coverage.get(shape.id)!.add(swath));
      return { seq: fix.seq, workState: fold.workState, place: fold.fieldId === null ? 'road' : 'field' };
    });
  });
  const fields = options.fields.map(shape => {
    const result = coverage.get(shape.id)!.result();
    const coveredM2 = result.coveredDm2 / 100;
    return {
      fieldId: shape.id,
      boundaryAreaM2: shape.areaM2,
      coveredM2,
      coveredMu: muOfM2(coveredM2),
      overlapM2: result.overlapDm2 / 100,
      bandM2: [0.98 * coveredM2, 1.02 * coveredM2] as [number, number],
      finished: result.finishedAt !== null,
      machines: result.byMachine.map(([track, dm2]) => ({ track, coveredM2: dm2 / 100 })),
    };
  });
  const distanceTimesWidthM2 = tracks.reduce((sum, track) => sum + distanceTimesWidth(track.fixes, width.value), 0);
  const method = { name: 'measure', version: '0' };
  return { answer: { method, fields, outsideFieldsM2: 0, candidates: [], distanceTimesWidthM2, widthM: width }, labels };
}

function widthOf(tracks: readonly MeasuredTrack[], given: number | null): { value: number; source: WidthSource } {
  const sent = tracks.flatMap(track => track.fixes.flatMap(fix => (fix.widthM !== null && fix.working !== 0 ? [fix.widthM] : [])));
  if (sent.length > 0) return { value: sent.sort((a, b) => a - b)[sent.length >> 1], source: 'fixes' };
  if (given !== null) return { value: given, source: 'given' };
  const spacing = passSpacingOf(tracks.map(track => track.fixes));
  if (spacing !== null) return { value: Math.round(widthOfSpacing(spacing) * 100) / 100, source: 'spacing' };
  return { value: USUAL_WIDTH_M, source: 'assumed' };
}

function distanceTimesWidth(fixes: readonly Fix[], widthM: number): number {
  let sum = 0;
  for (let i = 1; i < fixes.length; i++) {
    const [a, b] = [fixes[i - 1], fixes[i]];
    if (a.working === 1 || b.working === 1) sum += metresBetween(a.lng, a.lat, b.lng, b.lat) * (b.widthM ?? widthM);
  }
  return sum;
}
