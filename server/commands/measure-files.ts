import { readFileSync } from 'node:fs';
import { readRows, type TrackRow } from '../../seed/device/track.ts';
import { type Fix, readFixRow } from '../../shared/fix.ts';
import { type Polygon, polygonSchema } from '../../shared/registry.ts';
import { StartProblem } from '../database/start-problem.ts';
import type { FieldShape } from '../domain/field-index.ts';
import type { MeasuredTrack } from '../domain/measurement.ts';
import { areaM2Of, polygonProblems } from '../domain/polygon-check.ts';
import { FixJudge } from '../domain/verdict.ts';

export interface TrackFile extends MeasuredTrack {
  rows: TrackRow[];
  /** Rows that count for nothing, by reason. */
  refused: Map<string, number>;
}

/** The whole world: a file is not tied to a service area. */
const ANYWHERE = { receivedAt: Number.MAX_SAFE_INTEGER, serviceArea: [-180, -90, 180, 90] } as const;

/**
 * The usable fixes of a track file, numbered by their row, judged as on arrival.
 * @throws StartProblem when the file cannot be read or has no usable row
 */
export function readTrackFile(path: string): TrackFile {
  const rows = inFile(path, () => readRows(readFileSync(path, 'utf8')));
  const refused = new Map<string, number>();
  const refuse = (reason: string): void => void refused.set(reason, (refused.get(reason) ?? 0) + 1);
  const judge = new FixJudge();
  const fixes: Fix[] = [];
  for (const [i, { fix: row }] of rows.entries()) {
    if (typeof row === 'string') {
      refuse(row);
      continue;
    }
    const { fixTime, lng, lat, speedKmh, headingDeg, accuracyM, widthM, working } = row;
    const fix = readFixRow([i + 1, fixTime, lng, lat, speedKmh, headingDeg, accuracyM, widthM, working]);
    if (fix === undefined || 'raw' in fix) {
      refuse('malformed');
      continue;
    }
    const reasons = judge.verdict(fix, ANYWHERE);
    if (reasons.length === 0) fixes.push(fix);
    else refuse(reasons.join(' and '));
  }
  if (fixes.length === 0) {
    const why = [...refused].map(([reason, count]) => `${reason}: ${count}`).join(', ');
    throw new StartProblem(`${path}: no usable row${why ? ` (${why})` : ', the file has none at all'}. Columns: fixTime,lng,lat,…`);
  }
  return { track: path, fixes, rows, refused };
}

/**
 * Fields of a GeoJSON FeatureCollection or Feature; a MultiPolygon's parts come under one id.
 * @throws StartProblem when it cannot be read or a polygon cannot be used
 */
export function readFieldsFile(path: string): FieldShape[] {
  const json = inFile(path, () => JSON.parse(readFileSync(path, 'utf8'))) as GeoJson;
  const features = json.type === 'FeatureCollection' ? (json.features ?? []) : [json];
  if (!Array.isArray(features)) throw new StartProblem(`${path}: a FeatureCollection or a Feature of polygons is needed`);
  const seen = new Set<string>();
  return features.flatMap((feature, i) => {
    const id = String(feature?.properties?.fieldId ?? feature?.id ?? `field ${i + 1}`);
    if (seen.has(id)) throw new StartProblem(`${path}: there are two fields ${id}`);
    seen.add(id);
    return polygonsOf(feature, `${path}: ${id}`).map(polygon => ({ id, polygon, areaM2: areaM2Of(polygon) }));
  });
}

interface GeoJson {
  type?: string;
  id?: unknown;
  features?: GeoJson[];
  properties?: { fieldId?: unknown } | null;
  geometry?: { type?: string; coordinates?: unknown } | null;
}

function polygonsOf(feature: GeoJson, where: string): Polygon[] {
  const { type, coordinates } = feature?.geometry ?? {};
  const parts = type === 'MultiPolygon' ? (coordinates as unknown[]) : [coordinates];
  if ((type !== 'Polygon' && type !== 'MultiPolygon') || !Array.isArray(parts)) {
    throw new StartProblem(`${where}: its geometry is ${type ?? 'missing'}, a Polygon is needed`);
  }
  return parts.map(rings => {
    const parsed = polygonSchema.safeParse({ type: 'Polygon', coordinates: withoutHeights(rings) });
    if (!parsed.success) throw new StartProblem(`${where}: its geometry is not a list of rings of [lng, lat]`);
    const problems = polygonProblems(parsed.data);
    if (problems.length > 0) throw new StartProblem(`${where}: ${problems.join('; ')}`);
    return parsed.data;
  });
}

/** Positions may carry a height, which means nothing here. */
const withoutHeights = (rings: unknown): unknown =>
  Array.isArray(rings)
    ? rings.map(ring => (Array.isArray(ring) ? ring.map(place => (Array.isArray(place) ? place.slice(0, 2) : place)) : ring))
    : rings;

function inFile<Read>(path: string, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    throw new StartProblem(`${path}: ${(error as Error).message}`);
  }
}
