import type { LngLat } from '../../shared/registry.ts';

/** Metres east and north of an origin. */
export type Point = readonly [x: number, y: number];

export interface Plane {
  toPoint(lngLat: readonly number[]): Point;
  /** Rounded to 1e-7 degree, about a centimetre. */
  toLngLat(point: Point): LngLat;
}

/** One degree of a great circle on the mean sphere (radius 6,371,008.8 m), on which turf measures areas too. */
const METRES_PER_DEGREE = (Math.PI * 6_371_008.8) / 180;

/**
 * Equirectangular around the origin: straight lines stay straight and convex shapes convex. Over a county (±0.25° of latitude) widths
 * are off by at most 0.3 %.
 */
export function planeAt(origin: readonly number[]): Plane {
  const [lng0, lat0] = origin as [number, number];
  const perLng = METRES_PER_DEGREE * Math.cos((lat0 * Math.PI) / 180);
  const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
  return {
    toPoint: ([lng, lat]) => [(lng! - lng0) * perLng, (lat! - lat0) * METRES_PER_DEGREE],
    toLngLat: ([x, y]) => [round(lng0 + x / perLng), round(lat0 + y / METRES_PER_DEGREE)],
  };
}

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Index of the point nearest to `to`; the first of equals. */
export function nearest(points: readonly Point[], to: Point): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < points.length; i++) {
    const dx = points[i]![0] - to[0];
    const dy = points[i]![1] - to[1];
    const square = dx * dx + dy * dy;
    if (square < least) {
      least = square;
      best = i;
    }
  }
  return best;
}
