/** Web-Mercator as a square of side 1: x grows east from 180° W, y grows south from the top of the map. */
export const worldX = (lng: number): number => (lng + 180) / 360;

export function worldY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Side of a tile in CSS pixels; the world is 256 × 2^zoom pixels wide. */
export const TILE_PX = 256;
export const worldPixels = (zoom: number): number => TILE_PX * 2 ** zoom;
