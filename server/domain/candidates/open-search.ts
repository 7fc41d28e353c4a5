import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Fix } from '../../../shared/fix.ts';
import type { Implement, Polygon } from '../../../shared/registry.ts';
import type { Operation } from '../../../shared/season.ts';
import type { FieldShape } from '../field-index.ts';
import { type Box, boxOf } from '../field-shape.ts';
import { type MeasuredTrack, measure } from '../measurement.ts';
import { SPACING_PER_WIDTH } from '../pass-spacing.ts';
import { WorkedGround } from '../worked-ground.ts';

/** What one machine's outbox tells of a place. */
export interface OpenTrack {
  machine: string;
  implements: readonly Implement[];
  /** Accepted fixes only, rising seq. */
  fixes: readonly Fix[];
}

export interface OpenSearch {
  operation: Operation;
  /** Only fixes in here are looked at. */
  box: Box;
  /** Fields that touch the box. */
  known: readonly FieldShape[];
  /** Candidates whose boundary a person drew: they are measured, and nothing else is found in them. */
  kept: readonly FieldShape[];
}

export interface WorkedShare {
  coveredM2: number;
  machines: { machine: string; coveredM2: number }[];
  firstAt: number;
  lastAt: number;
}
export type FoundGround = WorkedShare & { polygon: Polygon; areaM2: number };

export interface OpenFound {
  found: FoundGround[];
  kept: (WorkedShare & { id: string })[];
}

/** Candidate fields around a place, by the very code that measures files: each machine is credited with what it was first to cover. */
export function searchOpenGround(tracks: readonly OpenTrack[], { operation, box, known, kept }: OpenSearch): OpenFound {
  const keptBoxes = kept.map(({ polygon }) => boxOf(polygon));
  const measured = tracks.flatMap(track => partsWithin(track, operation, box)).flatMap(part => ownWork(part, keptBoxes));
  if (measured.length === 0) return { found: [], kept: [] };
  const { answer } = measure(measured, { fields: [...known, ...kept], widthM: null, operation, live: false });
  const shareOf = (polygon: Polygon, coveredM2: number, machines: readonly { track: string; coveredM2: number }[]) => ({
    coveredM2,
    machines: machines.map(share => ({ machine: share.track, coveredM2: share.coveredM2 })),
    ...spanOf(measured, polygon),
  });
  return {
    found: answer.candidates.map(({ polygon, areaM2, coveredM2, machines }) => ({
      polygon,
      areaM2,
      ...shareOf(polygon, coveredM2, machines),
    })),
    kept: kept.flatMap(({ id, polygon }) => {
      const field = answer.fields.find(({ fieldId }) => fieldId === id);
      return field && field.coveredM2 > 0 ? [{ id, ...shareOf(polygon, field.coveredM2, field.machines) }] : [];
    }),
  };
}

/** The runs of a track in the box with the implement of the operation, each fix with the width that counts for it. */
function partsWithin({ machine, implements: history, fixes }: OpenTrack, operation: Operation, box: Box): MeasuredTrack[] {
  const parts: Fix[][] = [];
  let isInside = false;
  for (const fix of fixes) {
    const implement = history.findLast(({ from }) => from <= fix.fixTime);
    const counts = implement?.operation === operation && isWithin(box, fix);
    if (counts) {
      if (!isInside) parts.push([]);
      parts.at(-1)!.push({ ...fix, widthM: fix.widthM ?? implement.workingWidthM });
    }
    isInside = counts;
  }
  return parts.map(part => ({ track: machine, fixes: part }));
}

/** A machine's own passes lie so many times the usual distance apart at most: where a team shares a field, the others' lie between. */
const TEAM_SPACINGS = [1, 2.5];

/**
 * The runs in which a machine went to and fro by itself, in one visit. A road that many take lies as densely under their tracks as a field,
 * but each of them passes it once. All that lies in a boundary that a person drew counts.
 */
function ownWork({ track, fixes }: MeasuredTrack, kept: readonly Box[]): MeasuredTrack[] {
  const spacingM = SPACING_PER_WIDTH * Math.max(...fixes.map(({ widthM }) => widthM ?? 0));
  const grounds = TEAM_SPACINGS.map(times => {
    const ground = new WorkedGround(fixes[0].lng, fixes[0].lat, times * spacingM);
    for (const fix of fixes) ground.add(fix);
    return ground;
  });
  const runs: Fix[][] = [];
  let isOn = false;
  for (const fix of fixes) {
    const counts = grounds.some(ground => ground.isWorked(fix.lng, fix.lat)) || kept.some(box => isWithin(box, fix));
    if (counts && !isOn) runs.push([]);
    if (counts) runs.at(-1)!.push(fix);
    isOn = counts;
  }
  return runs.map(run => ({ track, fixes: run }));
}

const isWithin = ([west, south, east, north]: Box, { lng, lat }: Fix): boolean =>
  lng >= west && lng <= east && lat >= south && lat <= north;

function spanOf(tracks: readonly MeasuredTrack[], polygon: Polygon): { firstAt: number; lastAt: number } {
  const [west, south, east, north] = boxOf(polygon);
  let firstAt = Infinity;
  let lastAt = -Infinity;
  for (const { fixes } of tracks) {
    for (const { lng, lat, fixTime } of fixes) {
      if (fixTime >= firstAt && fixTime <= lastAt) continue;
      if (lng < west || lng > east || lat < south || lat > north || !booleanPointInPolygon([lng, lat], polygon)) continue;
      firstAt = Math.min(firstAt, fixTime);
      lastAt = Math.max(lastAt, fixTime);
    }
  }
  return { firstAt, lastAt };
}
