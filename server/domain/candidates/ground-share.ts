import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { LngLat, Polygon } from '../../../shared/registry.ts';
import { boxOf } from '../field-shape.ts';

/** Places to a side of the box: a share is known to a few per cent, which is enough for "more than half". */
const SIDE = 24;

/** Which part of a polygon lies in any of the others, 0..1. */
export function shareWithin(polygon: Polygon, others: readonly Polygon[]): number {
  const near = others.filter(other => touch(polygon, other));
  if (near.length === 0) return 0;
  const places = placesIn(polygon);
  return places.filter(place => near.some(other => booleanPointInPolygon(place, other))).length / Math.max(1, places.length);
}

/** Whether the boxes touch. */
export function touch(a: Polygon, b: Polygon): boolean {
  const [aw, as, ae, an] = boxOf(a);
  const [bw, bs, be, bn] = boxOf(b);
  return aw <= be && ae >= bw && as <= bn && an >= bs;
}

function placesIn(polygon: Polygon): LngLat[] {
  const [west, south, east, north] = boxOf(polygon);
  const places: LngLat[] = [];
  for (let i = 0; i < SIDE; i++) {
    for (let j = 0; j < SIDE; j++) {
      const place: LngLat = [west + ((i + 0.5) * (east - west)) / SIDE, south + ((j + 0.5) * (north - south)) / SIDE];
      if (booleanPointInPolygon(place, polygon)) places.push(place);
    }
  }
  return places;
}
