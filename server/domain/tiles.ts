import { FIELD_TILE_ZOOM } from '../../shared/contract.ts';
import type { LngLat, Polygon } from '../../shared/registry.ts';

/** `x/y` of a Web-Mercator tile at the zoom in which fields are served. */
export type TileName = string;

const TILES = 2 ** FIELD_TILE_ZOOM;

export const tileX = (lng: number): number => Math.floor(((lng + 180) / 360) * TILES);
export function tileY(lat: number): number {
  const radians = (lat * Math.PI) / 180;
  return Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * TILES);
}

/** [west, south, east, north] of the outer ring. */
export function boundsOf(polygon: Polygon): [number, number, number, number] {
  let west = Infinity,
    south = Infinity,
    east = -Infinity,
    north = -Infinity;
  for (const [lng, lat] of polygon.coordinates[0]) {
    if (lng < west) west = lng;
    if (lng > east) east = lng;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return [west, south, east, north];
}

export function centreOf(polygon: Polygon): LngLat {
  const [west, south, east, north] = boundsOf(polygon);
  return [(west + east) / 2, (south + north) / 2];
}

/** Every tile that the bounding box touches. */
export function tilesOf(polygon: Polygon): TileName[] {
  const [west, south, east, north] = boundsOf(polygon);
  const names: TileName[] = [];
  for (let x = tileX(west); x <= tileX(east); x++) for (let y = tileY(north); y <= tileY(south); y++) names.push(`${x}/${y}`);
  return names;
}
