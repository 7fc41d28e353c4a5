import type { ImportReason } from '../../../shared/imports.ts';
import type { LngLat, Polygon } from '../../../shared/registry.ts';
import { fromGcj } from '../../domain/gcj.ts';
import { metresBetween } from '../../domain/local-frame.ts';

export interface Feature {
  id: unknown;
  properties: Record<string, unknown>;
  geometry: unknown;
}
export type Reading<Value> = { value: Value } | { reason: ImportReason; detail?: string };

export function readFeature(bytes: Uint8Array): Feature | null {
  try {
    const { type, id, properties, geometry } = JSON.parse(Buffer.from(bytes).toString()) as Feature & { type: unknown };
    const own = typeof properties === 'object' && properties !== null && !Array.isArray(properties) ? properties : {};
    return type === 'Feature' ? { id, properties: own, geometry } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The first of these properties that is there, as text. */
export function propertyOf(feature: Feature, names: readonly string[]): { column: string; value: string } {
  for (const name of names) {
    const value = Object.hasOwn(feature.properties, name) ? feature.properties[name] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return { column: name, value: String(value).trim() };
  }
  return { column: names[0], value: '' };
}

/** One polygon as [lng, lat], heights dropped; that it is closed and simple is asked later. */
export function readPolygon(geometry: unknown, most: number): Reading<Polygon> {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  let rings = coordinates;
  if (type === 'LineString' && Array.isArray(coordinates)) return readTrack(coordinates, most);
  if (type === 'MultiPolygon' && Array.isArray(coordinates)) {
    if (coordinates.length !== 1) return { reason: 'manyParts', detail: String(coordinates.length) };
    rings = coordinates[0];
  } else if (type !== 'Polygon') return { reason: 'notPolygon', detail: typeof type === 'string' ? type : 'null' };
  if (!Array.isArray(rings) || rings.length === 0 || !rings.every(Array.isArray)) return { reason: 'notPlace' };
  const corners = (rings as unknown[][]).reduce((sum, ring) => sum + ring.length, 0);
  if (corners > most) return { reason: 'tooManyCorners', detail: String(most) };
  if (!(rings as unknown[][]).every(ring => ring.every(isPair))) return { reason: 'notPlace' };
  return { value: { type: 'Polygon', coordinates: (rings as number[][][]).map(ring => ring.map(([lng, lat]): LngLat => [lng, lat])) } };
}

/** Somebody who went round a field comes back to about where he began. */
const MOST_GAP_M = 25;

function readTrack(points: unknown[], most: number): Reading<Polygon> {
  if (points.length > most) return { reason: 'tooManyCorners', detail: String(most) };
  if (!points.every(isPair)) return { reason: 'notPlace' };
  const ring = (points as number[][]).map(([lng, lat]): LngLat => [lng, lat]);
  if (ring.length < 4) return { reason: 'notPolygon', detail: 'LineString' };
  const [first, last] = [ring[0], ring[ring.length - 1]];
  const gapM = metresBetween(...first, ...last);
  if (gapM > MOST_GAP_M) return { reason: 'openTrack', detail: gapM.toFixed(0) };
  return { value: { type: 'Polygon', coordinates: [gapM === 0 ? ring : [...ring, first]] } };
}

/** What was drawn on a Chinese map, as WGS-84. */
export const unshifted = ({ type, coordinates }: Polygon): Polygon => ({ type, coordinates: coordinates.map(ring => ring.map(fromGcj)) });

const isPair = (point: unknown): boolean => Array.isArray(point) && Number.isFinite(point[0]) && Number.isFinite(point[1]);

export type Box = readonly [west: number, south: number, east: number, north: number];
export const isIn = ([west, south, east, north]: Box, [lng, lat]: LngLat): boolean =>
  lng >= west && lng <= east && lat >= south && lat <= north;
export const textOfBox = ([west, south, east, north]: Box): string =>
  `${west.toFixed(2)}–${east.toFixed(2)} E, ${south.toFixed(2)}–${north.toFixed(2)} N`;

/** Closed rings of places within the box; null: nothing wrong. */
export function placeProblem({ coordinates }: Polygon, box: Box): { reason: ImportReason; detail?: string } | null {
  const points = coordinates.flat();
  const isDegrees = points.every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90);
  if (!isDegrees || !points.every(point => isIn(box, point))) {
    if (points.length > 0 && points.every(([lat, lng]) => isIn(box, [lng, lat]))) return { reason: 'swapped' };
    return isDegrees ? { reason: 'outside', detail: textOfBox(box) } : { reason: 'notPlace' };
  }
  const isOpen = coordinates.some(ring => ring.length < 4 || ring[0][0] !== ring.at(-1)![0] || ring[0][1] !== ring.at(-1)![1]);
  return isOpen ? { reason: 'notClosed' } : null;
}
