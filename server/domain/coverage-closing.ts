import { BitGrid, close } from './closing.ts';
import type { FieldRaster } from './field-raster.ts';
import type { SwathStore } from './swath-store.ts';

/** GNSS drift leaves slivers between passes: up to twice this wide they are closed while work goes on. */
const LIVE_RADIUS_M = 0.75;
/** In a finished field, slivers of up to one working width. */
const FINISHED_RADIUS_PER_WIDTH = 0.5;
/** Finished: so much of the field is covered with its slivers closed, and so much without, so that closing never finishes a field by itself. */
const FINISHED_SHARE = 0.95;
const PAINTED_SHARE = 0.8;

/** Cells that closing adds, each with the swath that gets the credit: of those that cover ground within the radius, the latest. */
export interface Closed {
  added: { x: number; y: number; swath: number }[];
  finished: boolean;
}

export interface PaintedCells {
  raster: FieldRaster;
  cells: Uint16Array | Uint32Array;
  outside: number;
  painted: number;
  store: SwathStore;
}

export function closeCoverage(field: PaintedCells): Closed {
  const { raster, painted, store } = field;
  if (painted === 0) return { added: [], finished: false };
  const liveRadius = LIVE_RADIUS_M / raster.cellM;
  if (painted >= PAINTED_SHARE * raster.insideCells) {
    const radius = Math.max(liveRadius, (FINISHED_RADIUS_PER_WIDTH * usualWidthM(store)) / raster.cellM);
    const cells = closedCells(field, radius);
    if (painted + cells.length >= FINISHED_SHARE * raster.insideCells) return { added: credit(field, cells, radius), finished: true };
  }
  return { added: credit(field, closedCells(field, liveRadius), liveRadius), finished: false };
}

/** Median of the swaths' widths. */
function usualWidthM(store: SwathStore): number {
  const widths = Float64Array.from(store.names(), name => store.widthOf(name)).sort();
  return widths[(widths.length - 1) >> 1];
}

/** Columns and rows of what closing adds inside the field. */
function closedCells({ raster, cells, outside }: PaintedCells, radius: number): { x: number; y: number }[] {
  const margin = Math.ceil(radius) + 1;
  const grid = new BitGrid(raster.width + 2 * margin, raster.height + 2 * margin);
  const { first, end, base } = raster;
  for (let y = 0; y < raster.height; y++) {
    const row = (y + margin) * grid.wordsPerRow;
    for (let x = first[y] + margin, at = base[y] + first[y]; at < base[y] + end[y]; x++, at++) {
      if (cells[at] !== 0 && cells[at] !== outside) grid.words[row + (x >>> 5)] |= 1 << (x & 31);
    }
  }
  const closed = close(grid, radius);
  const found: { x: number; y: number }[] = [];
  for (let y = 0; y < raster.height; y++) {
    const row = (y + margin) * grid.wordsPerRow;
    for (let i = 0; i < grid.wordsPerRow; i++) {
      for (let added = closed.words[row + i] & ~grid.words[row + i]; added !== 0; added &= added - 1) {
        const x = i * 32 + 31 - Math.clz32(added & -added) - margin;
        if (x >= first[y] && x < end[y] && cells[base[y] + x] === 0) found.push({ x, y });
      }
    }
  }
  return found;
}

function credit({ raster, cells, outside, store }: PaintedCells, added: { x: number; y: number }[], radius: number): Closed['added'] {
  const reach = Math.floor(radius);
  return added.map(({ x, y }) => {
    let latest = -1;
    for (let row = Math.max(0, y - reach); row <= Math.min(raster.height - 1, y + reach); row++) {
      const half = Math.floor(Math.sqrt(radius * radius - (row - y) * (row - y)));
      const to = Math.min(raster.end[row] - 1, x + half);
      for (let column = Math.max(raster.first[row], x - half); column <= to; column++) {
        const cell = cells[raster.base[row] + column];
        if (cell === 0 || cell === outside || cell - 1 === latest) continue;
        if (latest < 0 || store.compare(latest, cell - 1) < 0) latest = cell - 1;
      }
    }
    return { x, y, swath: latest };
  });
}
