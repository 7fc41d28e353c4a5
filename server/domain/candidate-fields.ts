import type { LngLat, Polygon } from '../../shared/registry.ts';
import { thicknessM } from './candidates/thickness.ts';
import { close } from './closing.ts';
import type { FieldShape } from './field-index.ts';
import { OpenGround } from './open-ground.ts';
import { outlinesOf, signedArea, simplified } from './outline.ts';
import { areaM2Of } from './polygon-check.ts';
import type { Swath } from './swath.ts';
import type { WorkedRegion } from './worked-ground.ts';

/** Passes nearer than this belong to one field; a path or a ditch between two fields is wider than what is left of it. */
const JOINED_PER_WIDTH = 0.5;
/** A third of a mu. */
const SMALLEST_M2 = 220;
/** Holes below this are turns that were missed, not obstacles. */
const SMALLEST_HOLE_M2 = 60;
const OUTLINE_TOLERANCE_M = 0.5;
/** In widths, as the mean over its ground: what is thinner is a road driven there and back, or a pass beside a field. */
const THINNEST = 2;

/**
 * Candidate fields (候选地块) for a person to confirm: around each place with worked regions, the ground that swaths cover, its gaps of up to a
 * width closed, as polygons with holes. What lies in a known field is left out.
 */
export function candidateFields(regions: readonly WorkedRegion[], swaths: readonly Swath[], known: readonly FieldShape[]): FieldShape[] {
  const found = merged(regions).flatMap(box => {
    const ground = new OpenGround((box.west + box.east) / 2, (box.south + box.north) / 2);
    const own = swaths.filter(swath => isIn(box, (swath.ax + swath.bx) / 2, (swath.ay + swath.by) / 2));
    for (const swath of own) ground.add(swath);
    for (const shape of known) ground.clear(shape);
    return ground.isEmpty ? [] : polygonsOf(ground, usualWidthOf(own));
  });
  return found
    .map(polygon => ({ polygon, areaM2: areaM2Of(polygon) }))
    .sort((a, b) => b.areaM2 - a.areaM2)
    .map((shape, i) => ({ id: `candidate-${i + 1}`, ...shape }));
}

const isIn = (box: WorkedRegion, lng: number, lat: number): boolean =>
  lng >= box.west && lng <= box.east && lat >= box.south && lat <= box.north;

const usualWidthOf = (swaths: readonly Swath[]): number =>
  swaths.map(({ widthM }) => widthM).sort((a, b) => a - b)[swaths.length >> 1] ?? 0;

/** Boxes that overlap become one, until none do. */
function merged(regions: readonly WorkedRegion[]): WorkedRegion[] {
  const boxes: WorkedRegion[] = [];
  for (const region of regions) {
    let box = region;
    for (let i = boxes.length - 1; i >= 0; i--) {
      const other = boxes[i];
      if (other.west > box.east || other.east < box.west || other.south > box.north || other.north < box.south) continue;
      box = {
        west: Math.min(box.west, other.west),
        south: Math.min(box.south, other.south),
        east: Math.max(box.east, other.east),
        north: Math.max(box.north, other.north),
      };
      boxes.splice(i, 1);
      i = boxes.length;
    }
    boxes.push(box);
  }
  return boxes;
}

function polygonsOf(ground: OpenGround, widthM: number): Polygon[] {
  const radius = (JOINED_PER_WIDTH * widthM) / ground.cellM;
  const { grid, west, south } = ground.grid(Math.ceil(radius) + 2);
  const { lng0, lat0, metresPerLng, metresPerLat } = ground.frame;
  const cellM2 = ground.cellM ** 2;
  const toPlace = ([x, y]: [number, number]): LngLat => [
    Math.round((lng0 + ((west + x) * ground.cellM) / metresPerLng) * 1e7) / 1e7,
    Math.round((lat0 + ((south + y) * ground.cellM) / metresPerLat) * 1e7) / 1e7,
  ];
  return outlinesOf(close(grid, radius))
    .filter(([shell]) => signedArea(shell) * cellM2 >= SMALLEST_M2)
    .map(([shell, ...holes]) => [shell, ...holes.filter(hole => -signedArea(hole) * cellM2 >= SMALLEST_HOLE_M2)])
    .map(rings => ({
      type: 'Polygon' as const,
      coordinates: rings.map(ring => simplified(ring, OUTLINE_TOLERANCE_M / ground.cellM).map(toPlace)),
    }))
    .filter(polygon => thicknessM(polygon) >= THINNEST * widthM);
}
