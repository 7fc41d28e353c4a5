import type { Polygon } from '../../shared/registry.ts';
import { frameAt, metresBetween } from './local-frame.ts';

/** west, south, east, north in degrees. */
export type Box = [west: number, south: number, east: number, north: number];

/** By the shell alone: holes lie inside it. */
export function boxOf(polygon: Polygon): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of polygon.coordinates[0]) {
    if (lng < box[0]) box[0] = lng;
    if (lat < box[1]) box[1] = lat;
    if (lng > box[2]) box[2] = lng;
    if (lat > box[3]) box[3] = lat;
  }
  return box;
}

/** A box with so many metres around it. */
export function widened([west, south, east, north]: Box, metres: number): Box {
  const { metresPerLng, metresPerLat } = frameAt(west, south);
  const [x, y] = [metres / metresPerLng, metres / metresPerLat];
  return [west - x, south - y, east + x, north + y];
}

/** Metres to the nearest edge of shell or hole, from either side of it. */
export function distanceToEdgeM(polygon: Polygon, lng: number, lat: number): number {
  const { metresPerLng, metresPerLat } = frameAt(lng, lat);
  let nearest = Infinity;
  for (const ring of polygon.coordinates) {
    for (let i = 1; i < ring.length; i++) {
      const ax = (ring[i - 1][0] - lng) * metresPerLng;
      const ay = (ring[i - 1][1] - lat) * metresPerLat;
      const dx = (ring[i][0] - lng) * metresPerLng - ax;
      const dy = (ring[i][1] - lat) * metresPerLat - ay;
      const length2 = dx * dx + dy * dy;
      const along = length2 > 0 ? Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length2)) : 0;
      const x = ax + along * dx;
      const y = ay + along * dy;
      nearest = Math.min(nearest, x * x + y * y);
    }
  }
  return Math.sqrt(nearest);
}

/** Beyond this many corners the diagonal of the box stands in for the widest pair. */
const MOST_CORNERS_TO_PAIR = 128;
const crossings = new WeakMap<Polygon, number>();

/** The longest straight line that a machine can drive across a field: the widest pair of corners, metres. */
export function longestCrossingM(polygon: Polygon): number {
  const known = crossings.get(polygon);
  if (known !== undefined) return known;
  const ring = polygon.coordinates[0];
  let longest = 0;
  if (ring.length > MOST_CORNERS_TO_PAIR) {
    const [west, south, east, north] = boxOf(polygon);
    longest = metresBetween(west, south, east, north);
  } else {
    for (let i = 0; i < ring.length; i++) {
      for (let j = i + 1; j < ring.length; j++) {
        longest = Math.max(longest, metresBetween(ring[i][0], ring[i][1], ring[j][0], ring[j][1]));
      }
    }
  }
  crossings.set(polygon, longest);
  return longest;
}
