import type { Raster } from './field-raster.ts';
import type { Swath } from './swath.ts';

/** Rows of cells, reused from swath to swath: row `firstRow + i` from column `from[i]` up to but not including `to[i]`. */
export interface RowSpans {
  firstRow: number;
  rows: number;
  from: Int32Array;
  to: Int32Array;
}

export const emptySpans = (): RowSpans => ({ firstRow: 0, rows: 0, from: new Int32Array(64), to: new Int32Array(64) });

/** Below this share of a unit vector a side runs along the axis and is not cut by it. */
const PARALLEL = 1e-9;

/**
 * The kept cells whose centre lies in a swath's rectangle. Half open on two sides, so that rectangles which share an edge share no cell.
 * Writes into `spans` (an argument that is meant to be written: this runs for every swath).
 */
export function cellsOf(swath: Swath, raster: Raster, spans: RowSpans): void {
  const { frame, cellM, first, end, height } = raster;
  spans.rows = 0;
  const scaleX = frame.metresPerLng / cellM;
  const scaleY = frame.metresPerLat / cellM;
  const ax = (swath.ax - frame.lng0) * scaleX - 0.5;
  const ay = (swath.ay - frame.lat0) * scaleY - 0.5;
  const dx = (swath.bx - swath.ax) * scaleX;
  const dy = (swath.by - swath.ay) * scaleY;
  const length = Math.sqrt(dx * dx + dy * dy);
  if (length === 0) return;
  const ux = dx / length;
  const uy = dy / length;
  const half = swath.widthM / 2 / cellM;
  const reach = half * Math.abs(ux);
  const firstRow = Math.max(0, Math.ceil(Math.min(ay, ay + dy) - reach));
  const lastRow = Math.min(height - 1, Math.floor(Math.max(ay, ay + dy) + reach));
  if (lastRow < firstRow) return;
  const rows = lastRow - firstRow + 1;
  if (rows > spans.from.length) {
    spans.from = new Int32Array(rows * 2);
    spans.to = new Int32Array(rows * 2);
  }
  spans.firstRow = firstRow;
  spans.rows = rows;
  const cutByEnds = Math.abs(ux) > PARALLEL;
  const cutBySides = Math.abs(uy) > PARALLEL;
  for (let i = 0; i < rows; i++) {
    const y = firstRow + i;
    const along = (y - ay) * uy;
    const across = (y - ay) * ux;
    let from = first[y];
    let to = end[y];
    if (cutByEnds) {
      const p = ax - along / ux;
      const q = ax + (length - along) / ux;
      from = Math.max(from, Math.ceil(Math.min(p, q)));
      to = Math.min(to, Math.ceil(Math.max(p, q)));
    } else if (y < Math.min(ay, ay + dy) || y >= Math.max(ay, ay + dy)) to = from;
    if (cutBySides) {
      const p = ax + (across - half) / uy;
      const q = ax + (across + half) / uy;
      from = Math.max(from, Math.ceil(Math.min(p, q)));
      to = Math.min(to, Math.ceil(Math.max(p, q)));
    } else if (y < ay - half || y >= ay + half) to = from;
    spans.from[i] = from;
    spans.to[i] = to;
  }
}
