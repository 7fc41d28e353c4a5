import type { LngLat } from '../../shared/registry.ts';
import { type Point, planeAt } from '../season/plane.ts';
import { randomOf } from '../season/random.ts';

/** A strip of land, the long side from west to east, in metres on `ground`. */
export interface Strip {
  id: string;
  west: number;
  east: number;
  south: number;
  north: number;
  ring: LngLat[];
}

/** South-west corner: the blocks lie over several counties. */
export const ground = planeAt([113.5, 34.45]);

const BLOCKS_A_ROW = 100;
const BLOCK_M = { east: 270, north: 520 };
/** A path or a ditch. */
const BETWEEN_STRIPS_M = 3;
/** How far the long sides bulge. */
const BULGE_M = 1;

/** A machine's own block of fields, each about as long and wide as measured ones: 144 by 33 m in the middle. */
export function stripsOf(block: number, count: number): Strip[] {
  const random = randomOf('bench field', block);
  const west = (block % BLOCKS_A_ROW) * BLOCK_M.east;
  let south = Math.floor(block / BLOCKS_A_ROW) * BLOCK_M.north;
  return Array.from({ length: count }, (_, i) => {
    const east = west + random.between(85, 205);
    const north = south + random.between(20, 46);
    const bulge = () => random.next() * BULGE_M;
    const third = (east - west) / 3;
    const corners: Point[] = [
      [west, south],
      [west + third, south - bulge()],
      [east - third, south - bulge()],
      [east, south],
      [east + bulge(), (south + north) / 2],
      [east, north],
      [east - third, north + bulge()],
      [west + third, north + bulge()],
      [west, north],
      [west, south],
    ];
    const strip = { id: `F${block}-${i}`, west, east, south, north, ring: corners.map(ground.toLngLat) };
    south = north + BETWEEN_STRIPS_M;
    return strip;
  });
}
