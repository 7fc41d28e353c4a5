import type { WidthSource } from '../../shared/measurement.ts';
import type { CoverageBitmap, CoverageResult, FieldCoverage, FinishWord } from './coverage.ts';
import type { FieldShape } from './field-index.ts';
import { metresBetween } from './local-frame.ts';
import type { PassSpacing } from './pass-spacing.ts';

/** One standard deviation of a working width, as a share of it, by where the width came from. */
const WIDTH_ERROR: Record<WidthSource, number> = { fixes: 0.02, given: 0.02, spacing: 0.04, assumed: 0.1 };
/** A header is not filled to its edge over uncut ground either way: 10 cm. */
const SWATH_EDGE_M = 0.1;
/** Where neither the receiver nor its passes say anything. */
const USUAL_DRIFT_M = 1;
/** A standard deviation in units of half the distance between the quartiles. */
const DEVIATIONS_PER_QUARTILE = 1.483;
/** Of two passes that drift apart by so much each, a part stays open that no overlap makes up for. */
export const DRIFTING_PER_WIDTH = 0.3;
/** Passes that are meant to lie side by side overlap by so much. */
const MEANT_OVERLAP = 0.09;
/** How well a boundary is drawn, and how many of its sides are drawn independently of each other. */
const BOUNDARY_ERROR_M = 0.5;
const BOUNDARY_SIDES = 4;
/** Slivers are many, and each is cut or not: a field's worth of them is mostly cut, by this share more or less. */
const CLOSING_ERROR = 0.15;
/** A step that was only estimated may have left the straight line, or the work, by so much of its ground. */
const ESTIMATED_ERROR = 0.1;
/** Against surveyed areas even a perfect fold is off by the survey's own error. */
const SURVEY_ERROR = 0.005;
/** Nine in ten lie within so many standard deviations. */
const NINE_IN_TEN = 1.645;
/** The edge of a set of squares is longer than that of the shape they stand for, by this on average. */
const STAIRCASE = Math.PI / 4;

export interface BandSource {
  widthSource: WidthSource;
  /** Standard deviation of the receiver's drift; null when nothing says how much it is. */
  driftM: number | null;
  /** What a person says of the field. */
  word?: FinishWord | null;
  /** Where they are at hand: working them out is most of the work. */
  known?: { bitmap: CoverageBitmap; result: CoverageResult };
}

/** Where the uncertainty of a covered area comes from, each as one standard deviation in m². */
export interface BandParts {
  width: number;
  receiver: number;
  boundary: number;
  closing: number;
  estimated: number;
  survey: number;
  /** Not a deviation: ground that was driven twice on paper, and may as well be what lies open. It only adds. */
  misplaced: number;
}

/** The parts are independent of each other and add up as squares. */
export function bandPartsOf(
  shape: FieldShape,
  coverage: FieldCoverage,
  { widthSource, driftM, word = null, known }: BandSource,
): BandParts {
  const { cells, cellM, width } = known?.bitmap ?? coverage.bitmap(word);
  const result = known?.result ?? (word === null ? coverage.result() : coverage.judged(word));
  const { swathM2, estimatedM2, widthM } = swathsOf(coverage);
  const coveredM2 = result.coveredDm2 / 100;
  const overlapM2 = result.overlapDm2 / 100;
  let [openEdges, added, inside] = [0, 0, 0];
  for (let at = 0; at < cells.length; at++) {
    if (cells[at] === 0) continue;
    inside++;
    if (cells[at] === 3) added++;
    if (cells[at] !== 1) continue;
    for (const beside of [at - 1, at + 1, at - width, at + width]) if (cells[beside] >= 2) openEdges++;
  }
  const openEdgeM = openEdges * cellM * STAIRCASE;
  const openM2 = inside * cellM * cellM - coveredM2;
  const touchedM = perimeterM(shape) * (inside > 0 ? coveredM2 / (inside * cellM * cellM) : 0);
  const drift = driftM ?? USUAL_DRIFT_M;
  return {
    width: openEdgeM * Math.hypot((WIDTH_ERROR[widthSource] * widthM) / 2, SWATH_EDGE_M),
    // One pass's drift moves both of its edges alike: only what two neighbours drift apart changes the area.
    receiver: (openEdgeM * drift) / Math.sqrt(Math.max(1, openEdgeM / 50)),
    boundary: (touchedM * Math.hypot(BOUNDARY_ERROR_M, drift / 2)) / BOUNDARY_SIDES,
    closing: added * cellM * cellM * CLOSING_ERROR,
    estimated: swathM2 > 0 ? (coveredM2 * estimatedM2 * ESTIMATED_ERROR) / swathM2 : 0,
    survey: coveredM2 * SURVEY_ERROR,
    misplaced:
      Math.min(1, drift / (DRIFTING_PER_WIDTH * widthM || 1)) * Math.max(0, Math.min(openM2, overlapM2 - MEANT_OVERLAP * coveredM2)),
  };
}

/** A 90 % band around a covered area. */
export function bandOf(coveredM2: number, { misplaced, ...deviations }: BandParts): [low: number, high: number] {
  const half = NINE_IN_TEN * Math.hypot(...Object.values(deviations));
  return [Math.max(0, coveredM2 - half), coveredM2 + half + misplaced];
}

function swathsOf(coverage: FieldCoverage): { swathM2: number; estimatedM2: number; widthM: number } {
  let [swathM2, estimatedM2, lengthM] = [0, 0, 0];
  for (const { ax, ay, bx, by, widthM, estimated } of coverage.swaths()) {
    const metres = metresBetween(ax, ay, bx, by);
    lengthM += metres;
    swathM2 += metres * widthM;
    if (estimated) estimatedM2 += metres * widthM;
  }
  return { swathM2, estimatedM2, widthM: lengthM > 0 ? swathM2 / lengthM : 0 };
}

function perimeterM({ polygon }: FieldShape): number {
  let metres = 0;
  for (const ring of polygon.coordinates)
    for (let i = 1; i < ring.length; i++) metres += metresBetween(ring[i - 1][0], ring[i - 1][1], ring[i][0], ring[i][1]);
  return metres;
}

/**
 * How far a receiver drifts: by its own word (the median), and by how irregular the distances between its passes are, whichever is more. Half
 * of the distance between two neighbours varies by 1/√2 of what each of them does.
 */
export function driftOf(accuraciesM: readonly number[], spacing: PassSpacing | null): number | null {
  const told = [...accuraciesM].sort((a, b) => a - b)[accuraciesM.length >> 1] ?? null;
  if (spacing === null) return told;
  const seen = Math.SQRT2 * DEVIATIONS_PER_QUARTILE * spacing.spread * spacing.medianM;
  return Math.max(told ?? 0, seen);
}
