import type { LngLat } from '../../shared/registry.ts';

/** Positive when c lies to the left of the way from a to b. */
const turn = (a: LngLat, b: LngLat, c: LngLat): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

function halfHull(sorted: readonly LngLat[]): LngLat[] {
  const half: LngLat[] = [];
  for (const place of sorted) {
    while (half.length >= 2 && turn(half.at(-2)!, half.at(-1)!, place) <= 0) half.pop();
    half.push(place);
  }
  return half.slice(0, -1);
}

/**
 * The convex hull of a set of places as a closed ring, counter-clockwise (Andrew's monotone chain, 1979); null when they enclose nothing.
 * Drawn as 示意 where no outline is known. Own code because turf's takes 49 s for the two million field corners of the full city, this one 2.
 */
export function hullOf(places: readonly LngLat[]): LngLat[] | null {
  const sorted = [...places].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const ring = [...halfHull(sorted), ...halfHull(sorted.reverse())];
  return ring.length < 3 ? null : [...ring, ring[0]];
}
