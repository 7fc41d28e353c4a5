import type { LngLat } from '../../shared/registry.ts';

/** Even-odd over all rings, so that holes are outside. Works in any plane coordinates. */
export function isInside(rings: readonly (readonly LngLat[])[], [x, y]: LngLat): boolean {
  let inside = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  return inside;
}

/** Twice the signed area, for comparing rings. */
const doubleArea = (ring: readonly LngLat[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0);

/** Centre of gravity of a ring; its first point when it has no area. */
export function centreOf(ring: readonly LngLat[]): LngLat {
  const area = doubleArea(ring);
  if (area === 0) return ring[0];
  // Relative to the first point, so that degrees far from 0 lose no digits.
  const [originX, originY] = ring[0];
  let x = 0;
  let y = 0;
  ring.forEach(([fromX, fromY], i) => {
    const [toX, toY] = ring[(i + 1) % ring.length];
    const cross = (fromX - originX) * (toY - originY) - (toX - originX) * (fromY - originY);
    x += (fromX + toX - 2 * originX) * cross;
    y += (fromY + toY - 2 * originY) * cross;
  });
  return [originX + x / (3 * area), originY + y / (3 * area)];
}

export const largestRing = (rings: readonly LngLat[][]): LngLat[] =>
  rings.reduce((largest, ring) => (Math.abs(doubleArea(ring)) > Math.abs(doubleArea(largest)) ? ring : largest));

/** The outer rings (one of each part) and all rings of a GeoJSON outline. */
export function ringsOf(outline: unknown): LngLat[][][] {
  const geometry = (outline as { geometry?: unknown } | null)?.geometry ?? outline;
  const { type, coordinates } = (geometry ?? {}) as { type?: string; coordinates?: unknown };
  if (type === 'Polygon') return [coordinates as LngLat[][]];
  if (type === 'MultiPolygon') return coordinates as LngLat[][][];
  return [];
}
