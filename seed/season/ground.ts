import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Polygon } from '../../shared/registry.ts';
import { distance, type Plane, type Point, planeAt } from './plane.ts';

/** The land of one county in metres. */
export interface Ground {
  plane: Plane;
  /** [west, south, east, north] in metres. */
  box: readonly [number, number, number, number];
  /** Radius of the largest circle around the point that stays in the county and out of the built-up places; 0 where there is none. */
  clearance(point: Point): number;
}

export function groundOf(outline: Polygon, builtUp: readonly { lng: number; lat: number; radiusM: number }[]): Ground {
  const ring = outline.coordinates[0]!;
  const lngs = ring.map(([lng]) => lng);
  const lats = ring.map(([, lat]) => lat);
  const plane = planeAt([(Math.min(...lngs) + Math.max(...lngs)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2]);
  const edges = ring.map(corner => plane.toPoint(corner));
  const places = builtUp.map(({ lng, lat, radiusM }) => ({ at: plane.toPoint([lng, lat]), radiusM }));
  const shape = { type: 'Polygon' as const, coordinates: [edges.map(([x, y]) => [x, y])] };
  const xs = edges.map(([x]) => x);
  const ys = edges.map(([, y]) => y);
  return {
    plane,
    box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    clearance(point) {
      let room = Number.POSITIVE_INFINITY;
      for (const { at, radiusM } of places) room = Math.min(room, distance(point, at) - radiusM);
      if (room <= 0 || !booleanPointInPolygon([point[0], point[1]], shape)) return 0;
      for (let i = 1; i < edges.length; i++) room = Math.min(room, distanceToSegment(point, edges[i - 1]!, edges[i]!));
      return room;
    },
  };
}

function distanceToSegment(point: Point, from: Point, to: Point): number {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / square;
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(point[0] - from[0] - t * dx, point[1] - from[1] - t * dy);
}
