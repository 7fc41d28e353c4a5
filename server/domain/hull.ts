import { convex } from '@turf/convex';
import { points } from '@turf/helpers';
import type { LngLat } from '../../shared/registry.ts';

/** The convex hull of a set of places as a closed ring; null of fewer than three. Drawn as 示意 where no outline is known. */
export function hullOf(places: readonly LngLat[]): LngLat[] | null {
  if (places.length < 3) return null;
  return (convex(points(places as LngLat[]))?.geometry.coordinates[0] as LngLat[] | undefined) ?? null;
}
