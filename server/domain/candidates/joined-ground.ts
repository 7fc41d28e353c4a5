import type { LngLat, Polygon } from '../../../shared/registry.ts';
import { BitGrid, close } from '../closing.ts';
import { boxOf } from '../field-shape.ts';
import { frameAt, type LocalFrame } from '../local-frame.ts';
import { outlinesOf, signedArea, simplified } from '../outline.ts';

const FINEST_M = 0.25;
/** Of a large piece the cells are coarser, so that this is done within some tens of ms; beyond this size it is not one field. */
const MOST_CELLS = 4_000_000;
const COARSEST_M = 1;
/** Half of what may lie between two pieces of one field: a furrow, a ditch, a path. The narrowest that joins them is taken. */
const REACHES_M = [0.3, 0.6, 1.2, 2.5, 4];
const COARSEST_REACH_M = REACHES_M.at(-1)!;
/** What stays open along the seam below this is no hole of the field. */
const SMALLEST_HOLE_M2 = 60;
const TOLERANCE_M = 0.3;
/** A corner that was surveyed stays where it is. */
const SNAP_M = 0.6;

/**
 * Several pieces as one field: what they hold, and what lies between them. Null: they lie further apart than twice `mostReachM`. As cells, since polygon clipping
 * throws on borders that run along each other.
 */
export function joinedGround(pieces: readonly Polygon[], mostReachM = COARSEST_REACH_M): Polygon | null {
  const boxes = pieces.map(boxOf);
  const [west, south] = [Math.min(...boxes.map(box => box[0])), Math.min(...boxes.map(box => box[1]))];
  const [east, north] = [Math.max(...boxes.map(box => box[2])), Math.max(...boxes.map(box => box[3]))];
  const frame = frameAt(west, south);
  const [widthM, heightM] = [(east - west) * frame.metresPerLng, (north - south) * frame.metresPerLat];
  const cellM = Math.max(FINEST_M, Math.sqrt((widthM * heightM) / MOST_CELLS));
  if (cellM > COARSEST_M) return null;
  const margin = Math.ceil(REACHES_M.at(-1)! / cellM) + 2;
  const [width, height] = [Math.ceil(widthM / cellM) + 2 * margin, Math.ceil(heightM / cellM) + 2 * margin];
  const toCells = ([lng, lat]: LngLat): [number, number] => [
    ((lng - west) * frame.metresPerLng) / cellM + margin,
    ((lat - south) * frame.metresPerLat) / cellM + margin,
  ];
  const grid = new BitGrid(width, height);
  for (const { coordinates } of pieces)
    fill(
      grid,
      coordinates.map(ring => ring.map(toCells)),
    );
  for (const reachM of REACHES_M) {
    if (reachM > mostReachM) break;
    const shells = outlinesOf(close(grid, reachM / cellM));
    if (shells.length > 1) continue;
    const [shell, ...holes] = shells[0];
    const rings = [shell, ...holes.filter(hole => -signedArea(hole) * cellM ** 2 >= SMALLEST_HOLE_M2)];
    const corners = pieces.flatMap(({ coordinates }) => coordinates.flat());
    return {
      type: 'Polygon',
      coordinates: rings.map(ring => placed(simplified(ring, Math.max(TOLERANCE_M, cellM) / cellM), { frame, cellM, margin, corners })),
    };
  }
  return null;
}

/** Cells whose centre lies inside, by the even-odd rule. */
function fill(grid: BitGrid, rings: readonly (readonly [number, number])[][]): void {
  for (let row = 0; row < grid.height; row++) {
    const y = row + 0.5;
    const crossings: number[] = [];
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i++) {
        const [[ax, ay], [bx, by]] = [ring[i - 1], ring[i]];
        if (ay <= y !== by <= y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
      }
    }
    crossings.sort((a, b) => a - b);
    for (let i = 1; i < crossings.length; i += 2)
      for (let x = Math.ceil(crossings[i - 1] - 0.5); x + 0.5 < crossings[i]; x++) grid.set(x, row);
  }
}

function placed(
  ring: readonly [number, number][],
  { frame, cellM, margin, corners }: { frame: LocalFrame; cellM: number; margin: number; corners: readonly LngLat[] },
): LngLat[] {
  const { lng0, lat0, metresPerLng, metresPerLat } = frame;
  const places = ring.slice(1).map(([x, y]): LngLat => {
    const place: LngLat = [
      Math.round((lng0 + ((x - margin) * cellM) / metresPerLng) * 1e7) / 1e7,
      Math.round((lat0 + ((y - margin) * cellM) / metresPerLat) * 1e7) / 1e7,
    ];
    const away = ([lng, lat]: LngLat) => Math.hypot((lng - place[0]) * metresPerLng, (lat - place[1]) * metresPerLat);
    const nearest = corners.reduce((best, corner) => (away(corner) < away(best) ? corner : best));
    return away(nearest) <= SNAP_M ? nearest : place;
  });
  const own = places.filter((place, i) => place !== places[(i + 1) % places.length]);
  return [...own, own[0]];
}
