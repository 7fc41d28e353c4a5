import type { Polygon } from '../../shared/registry.ts';
import { boxOf } from './field-shape.ts';
import { frameAt, type LocalFrame } from './local-frame.ts';

const FINEST_CELL_DM = 5;
const MOST_CELLS = 4_000_000;

/**
 * A field as rows of square cells in local metres, row 0 in the south. A cell belongs to the field when its centre does. Each row keeps only
 * the columns from its first inside cell to its last, all rows in one array: half to a third of the bounding box.
 */
export interface Raster {
  frame: LocalFrame;
  cellM: number;
  /** Area of one cell: an integer, so that sums do not depend on their order. */
  cellDm2: number;
  width: number;
  height: number;
  /** Per row: the first column kept, the column after the last, and where column 0 would lie in the one array. */
  first: Int32Array;
  end: Int32Array;
  base: Int32Array;
  insideCells: number;
}

/** Per cell of the one array: 1 inside, 0 in a hole or a bay of the outline. Only needed at first, and as large as the field. */
export interface FieldRaster extends Raster {
  inside: Uint8Array;
}

function cellDmFor(widthM: number, heightM: number): number {
  let dm = FINEST_CELL_DM;
  while (Math.ceil((widthM * 10) / dm) * Math.ceil((heightM * 10) / dm) > MOST_CELLS) dm++;
  return dm;
}

/** Columns at which a row's line of centres crosses the outline, ascending; even–odd over all rings leaves holes out. */
function crossingsOf(rings: readonly Float64Array[], y: number): number[] {
  const xs: number[] = [];
  for (const ring of rings) {
    for (let i = 2; i < ring.length; i += 2) {
      const ay = ring[i - 1];
      const by = ring[i + 1];
      if (ay <= y === by <= y) continue;
      xs.push(ring[i - 2] + ((y - ay) / (by - ay)) * (ring[i] - ring[i - 2]));
    }
  }
  return xs.sort((a, b) => a - b);
}

export function rasterOf(polygon: Polygon): FieldRaster {
  const [west, south, east, north] = boxOf(polygon);
  const middle = frameAt((west + east) / 2, (south + north) / 2);
  const frame = { ...middle, lng0: west, lat0: south };
  const widthM = (east - west) * frame.metresPerLng;
  const heightM = (north - south) * frame.metresPerLat;
  const cellDm = cellDmFor(widthM, heightM);
  const cellM = cellDm / 10;
  const width = Math.max(1, Math.ceil(widthM / cellM));
  const height = Math.max(1, Math.ceil(heightM / cellM));
  /** In units of cells, shifted so that a cell's centre has whole coordinates. */
  const rings = polygon.coordinates.map(ring =>
    Float64Array.from(
      ring.flatMap(([lng, lat]) => [((lng - west) * frame.metresPerLng) / cellM - 0.5, ((lat - south) * frame.metresPerLat) / cellM - 0.5]),
    ),
  );
  const first = new Int32Array(height);
  const end = new Int32Array(height);
  const base = new Int32Array(height);
  const spans: number[][] = [];
  let total = 0;
  for (let y = 0; y < height; y++) {
    const columns = crossingsOf(rings, y).map(x => Math.max(0, Math.min(width, Math.ceil(x))));
    spans.push(columns);
    first[y] = columns[0] ?? 0;
    end[y] = columns[columns.length - 1] ?? 0;
    base[y] = total - first[y];
    total += end[y] - first[y];
  }
  const inside = new Uint8Array(total);
  let insideCells = 0;
  for (let y = 0; y < height; y++) {
    for (let i = 0; i + 1 < spans[y].length; i += 2) {
      inside.fill(1, base[y] + spans[y][i], base[y] + spans[y][i + 1]);
      insideCells += spans[y][i + 1] - spans[y][i];
    }
  }
  return { frame, cellM, cellDm2: cellDm * cellDm, width, height, first, end, base, inside, insideCells };
}
