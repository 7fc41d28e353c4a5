import type { LngLat, Station } from '../../shared/registry.ts';

const EARTH_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Metres along the great circle, on a sphere: to half a percent, which is far below what decides between stations. */
export function greatCircleM([aLng, aLat]: LngLat, [bLng, bLat]: LngLat): number {
  const halfLat = Math.sin(((bLat - aLat) * RADIANS) / 2);
  const halfLng = Math.sin(((bLng - aLng) * RADIANS) / 2);
  const chord = halfLat ** 2 + Math.cos(aLat * RADIANS) * Math.cos(bLat * RADIANS) * halfLng ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Null: there are no stations. Of two equally near ones the first on the list. */
export function nearestStation(place: LngLat, stations: readonly Station[]): Station | null {
  let best: { station: Station; metres: number } | null = null;
  for (const station of stations) {
    const metres = greatCircleM(place, station.location);
    if (best === null || metres < best.metres) best = { station, metres };
  }
  return best?.station ?? null;
}
