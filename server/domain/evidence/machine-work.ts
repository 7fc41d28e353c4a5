import type { Fix } from '../../../shared/fix.ts';
import type { WidthSource } from '../../../shared/measurement.ts';
import { muOfM2 } from '../../../shared/units.ts';
import { TOLERANCE_M } from '../assignment.ts';
import type { CoverageResult } from '../coverage.ts';
import { boxOf, distanceToEdgeM } from '../field-shape.ts';
import { isGap, isLongStep, STOP_M, usualInterval } from '../gap.ts';
import { metresBetween } from '../local-frame.ts';
import type { Swath } from '../swath.ts';
import type { EvidenceInput, NearTrack } from './evidence.ts';
import { isWithin } from './spans.ts';

export interface KnownMachine {
  id: string;
  /** Nobody described it: its width is the one that new machines are given. */
  isAssumed: boolean;
}

/** What one machine did in the field. */
export interface MachineWork {
  machine: string;
  coveredMu: number;
  firstAt: number;
  lastAt: number;
  workMinutes: number;
  wayM: number;
  widthM: { usual: number; least: number; most: number; source: WidthSource };
  estimatedShare: number;
  gaps: { count: number; minutes: number };
  fixes: number;
  refused: Record<string, number>;
  thinned: number;
}

/** A row for each machine with swaths in the field, the largest share first. */
export function machineWorkOf(input: EvidenceInput, result: CoverageResult): MachineWork[] {
  const covered = new Map(result.byMachine);
  const assumed = new Set(input.machines.filter(({ isAssumed }) => isAssumed).map(({ id }) => id));
  const byMachine = new Map<string, Swath[]>();
  for (const swath of input.swaths) {
    const own = byMachine.get(swath.machine);
    if (own) own.push(swath);
    else byMachine.set(swath.machine, [swath]);
  }
  return [...byMachine]
    .map(([machine, swaths]) => {
      const tracks = input.tracks.filter(track => track.machine === machine);
      return {
        machine,
        coveredMu: muOfM2((covered.get(machine) ?? 0) / 100),
        ...wayOf(swaths),
        widthM: widthsOf(swaths, { tracks, isAssumed: assumed.has(machine) }),
        gaps: gapsOf(tracks, input),
        fixes: tracks.reduce((sum, { fixes, spans }) => sum + fixes.filter(({ seq }) => isWithin(spans, seq)).length, 0),
        refused: sumOf(tracks.map(({ refused }) => refused)),
        thinned: tracks.reduce((sum, { thinned }) => sum + thinned, 0),
      };
    })
    .sort((a, b) => b.coveredMu - a.coveredMu || (a.machine < b.machine ? -1 : 1));
}

const lengthOf = ({ ax, ay, bx, by }: Swath): number => metresBetween(ax, ay, bx, by);

function wayOf(swaths: readonly Swath[]): Pick<MachineWork, 'firstAt' | 'lastAt' | 'workMinutes' | 'wayM' | 'estimatedShare'> {
  let [firstAt, lastAt] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [workMs, wayM, estimatedM] = [0, 0, 0];
  for (const swath of swaths) {
    const stepMs = Math.abs(swath.timeB - swath.timeA);
    const metres = lengthOf(swath);
    firstAt = Math.min(firstAt, swath.timeA, swath.timeB);
    lastAt = Math.max(lastAt, swath.timeA, swath.timeB);
    workMs += stepMs;
    wayM += metres;
    if (swath.estimated || isLongStep(stepMs)) estimatedM += metres;
  }
  return { firstAt, lastAt, workMinutes: workMs / 60_000, wayM, estimatedShare: wayM > 0 ? estimatedM / wayM : 0 };
}

/** A swath has the width that one of its ends sent, else that of the implement. */
function widthsOf(
  swaths: readonly Swath[],
  { tracks, isAssumed }: { tracks: readonly NearTrack[]; isAssumed: boolean },
): MachineWork['widthM'] {
  const sent = new Set(
    tracks.flatMap(({ outbox, fixes }) => fixes.flatMap(({ seq, widthM }) => (widthM === null ? [] : `${outbox} ${seq}`))),
  );
  const metresOf = new Map<number, number>();
  let sentM = 0;
  let wayM = 0;
  for (const swath of swaths) {
    const metres = lengthOf(swath);
    wayM += metres;
    metresOf.set(swath.widthM, (metresOf.get(swath.widthM) ?? 0) + metres);
    if (sent.has(`${swath.outbox} ${swath.seqB}`) || sent.has(`${swath.outbox} ${swath.seqA}`)) sentM += metres;
  }
  const widths = [...metresOf.keys()].sort((a, b) => a - b);
  const usual = widths.reduce((best, width) => (metresOf.get(width)! > metresOf.get(best)! ? width : best));
  const source = sentM > wayM / 2 ? 'fixes' : isAssumed ? 'assumed' : 'given';
  return { usual, least: widths[0], most: widths[widths.length - 1], source };
}

/** Stretches of the field in which nobody knows the way: nothing is drawn across them. */
function gapsOf(tracks: readonly NearTrack[], { shape }: Pick<EvidenceInput, 'shape'>): MachineWork['gaps'] {
  const [west, south, east, north] = boxOf(shape.polygon);
  const isNear = ({ lng, lat }: Fix): boolean =>
    (lng >= west && lng <= east && lat >= south && lat <= north) || distanceToEdgeM(shape.polygon, lng, lat) <= TOLERANCE_M;
  const found = { count: 0, minutes: 0 };
  for (const { fixes, spans } of tracks) {
    let usualMs: number | null = null;
    for (let i = 1; i < fixes.length; i++) {
      const [a, b] = [fixes[i - 1], fixes[i]];
      const stepM = metresBetween(a.lng, a.lat, b.lng, b.lat);
      const stepMs = Math.abs(b.fixTime - a.fixTime);
      const gap = isGap(stepM, stepMs, usualMs);
      if (stepM >= STOP_M && !gap) usualMs = usualInterval(usualMs, stepMs);
      // From one visit to the next the machine was elsewhere.
      const isSameVisit = spans.some(([from, to]) => a.seq >= from && b.seq <= to);
      if (!gap || !isSameVisit || !isNear(a) || !isNear(b)) continue;
      found.count++;
      found.minutes += stepMs / 60_000;
    }
  }
  return found;
}

function sumOf(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const each of counts) for (const [name, count] of Object.entries(each)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
