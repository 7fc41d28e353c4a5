import type { EvidenceFigures, EvidencePicture } from '../../../shared/evidence.ts';
import type { Fix } from '../../../shared/fix.ts';
import type { WidthSource } from '../../../shared/measurement.ts';
import { muOfM2 } from '../../../shared/units.ts';
import { type CoverageResult, FieldCoverage, type FinishWord } from '../coverage.ts';
import { bandOf, bandPartsOf, driftOf } from '../error-band.ts';
import type { FieldShape } from '../field-index.ts';
import { passSpacingOf, widthOfSpacing } from '../pass-spacing.ts';
import type { Swath } from '../swath.ts';
import { groundOutsideM2 } from './ground-outside.ts';
import { type KnownMachine, type MachineWork, machineWorkOf } from './machine-work.ts';
import { cellClassesOf, pictureOf } from './picture.ts';
import type { Span } from './spans.ts';

/** One outbox's accepted fixes around its work in the field. */
export interface NearTrack {
  machine: string;
  outbox: string;
  fixes: readonly Fix[];
  /** Seqs in which it worked here; `fixes` go a little beyond them. */
  spans: readonly Span[];
  /** Within the spans: fixes that were refused, by reason, and seqs that the device gave up. */
  refused: Readonly<Record<string, number>>;
  thinned: number;
}

export interface EvidenceInput {
  shape: FieldShape;
  /** Fields whose box touches this one's. */
  neighbours: readonly FieldShape[];
  /** At least one. */
  swaths: readonly Swath[];
  tracks: readonly NearTrack[];
  machines: readonly KnownMachine[];
  /** What a person says of the field; null: the rules alone decide. */
  word: FinishWord | null;
}

export interface FoundEvidence {
  result: CoverageResult;
  figures: Omit<EvidenceFigures, 'finished' | 'reopened'>;
  machines: MachineWork[];
  picture: EvidencePicture;
  /** Class of every cell of the field's box, as fine as it was measured: what the digest is over. */
  cells: Uint8Array;
}

/** Surest first. */
const bySureness: readonly WidthSource[] = ['fixes', 'given', 'spacing', 'assumed'];

/** What a field's swaths and the tracks around them say; null when no swath covers any of its ground. */
export function evidenceOf(input: EvidenceInput): FoundEvidence | null {
  const { shape, swaths, tracks, word } = input;
  const coverage = new FieldCoverage(shape);
  for (const swath of swaths) coverage.add(swath);
  const result = word === null ? coverage.result() : coverage.judged(word);
  if (result.coveredDm2 === 0 || result.firstAt === null || result.lastAt === null) return null;
  const bitmap = coverage.bitmap(word);
  const machines = machineWorkOf(input, result);
  const spacing = passSpacingOf(tracks.map(({ fixes }) => fixes));
  const accuracies = tracks.flatMap(({ fixes }) => fixes.flatMap(({ accuracyM }) => accuracyM ?? []));
  const widthSource = bySureness.findLast(source => machines.some(machine => machine.widthM.source === source)) ?? 'assumed';
  const coveredM2 = result.coveredDm2 / 100;
  const band = bandOf(
    coveredM2,
    bandPartsOf(shape, coverage, { widthSource, driftM: driftOf(accuracies, spacing), word, known: { bitmap, result } }),
  );
  const { cells, closedCells } = cellClassesOf(shape, coverage, bitmap);
  const closedM2 = Math.min(coveredM2, closedCells * bitmap.cellM ** 2);
  const wayM = machines.reduce((sum, { wayM }) => sum + wayM, 0);
  return {
    result,
    machines,
    figures: {
      coveredMu: muOfM2(coveredM2),
      bandMu: [muOfM2(band[0]), muOfM2(band[1])],
      paintedMu: muOfM2(coveredM2 - closedM2),
      closedMu: muOfM2(closedM2),
      overlapMu: muOfM2(result.overlapDm2 / 100),
      outsideMu: muOfM2(groundOutsideM2(swaths, [shape, ...input.neighbours])),
      openMu: muOfM2(Math.max(0, shape.areaM2 - coveredM2)),
      firstAt: result.firstAt,
      lastAt: result.lastAt,
      estimatedShare: wayM > 0 ? machines.reduce((sum, each) => sum + each.wayM * each.estimatedShare, 0) / wayM : 0,
      gaps: {
        count: machines.reduce((sum, { gaps }) => sum + gaps.count, 0),
        minutes: machines.reduce((sum, { gaps }) => sum + gaps.minutes, 0),
      },
      spacingWidthM: spacing === null ? null : Math.round(widthOfSpacing(spacing) * 100) / 100,
    },
    picture: pictureOf(bitmap, cells, { shape, tracks, machines: machines.map(({ machine }) => machine) }),
    cells,
  };
}
