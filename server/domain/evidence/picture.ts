import { packRuns } from '../../../shared/cell-runs.ts';
import { CELL, type EvidencePicture } from '../../../shared/evidence.ts';
import type { CoverageBitmap, FieldCoverage } from '../coverage.ts';
import type { FieldShape } from '../field-index.ts';
import { rasterOf } from '../field-raster.ts';
import { cellsOf, emptySpans } from '../swath-cells.ts';
import type { NearTrack } from './evidence.ts';
import { waysOf } from './ways.ts';

/** More cells than these are not sent: beyond, several of them become one. */
const MOST_CELLS = 120_000;

/** The coverage's cells with those set apart that more than one swath covers. */
export function cellClassesOf(
  shape: FieldShape,
  coverage: FieldCoverage,
  bitmap: CoverageBitmap,
): { cells: Uint8Array; closedCells: number } {
  const { width } = bitmap;
  const cells = bitmap.cells.slice();
  const raster = rasterOf(shape.polygon);
  const spans = emptySpans();
  const times = new Uint8Array(cells.length);
  for (const swath of coverage.swaths()) {
    cellsOf(swath, raster, spans);
    for (let i = 0; i < spans.rows; i++) {
      const row = (spans.firstRow + i) * width;
      for (let at = row + spans.from[i]; at < row + spans.to[i]; at++) if (times[at] < 2) times[at]++;
    }
  }
  let closedCells = 0;
  for (let at = 0; at < cells.length; at++) {
    if (cells[at] === CELL.covered && times[at] > 1) cells[at] = CELL.overlap;
    else if (cells[at] === CELL.closed) closedCells++;
  }
  return { cells, closedCells };
}

export function pictureOf(
  bitmap: CoverageBitmap,
  cells: Uint8Array,
  { shape, tracks, machines }: { shape: FieldShape; tracks: readonly NearTrack[]; machines: readonly string[] },
): EvidencePicture {
  const { west, south, cellM, width, height } = bitmap;
  const times = Math.ceil(Math.sqrt(cells.length / MOST_CELLS));
  const coarse = coarser({ cells, width, height }, times);
  const { metresPerLng, metresPerLat } = rasterOf(shape.polygon).frame;
  const frame = { west, south, metresPerLng, metresPerLat };
  return {
    ...frame,
    cellM: cellM * times,
    width: coarse.width,
    height: coarse.height,
    runs: packRuns(coarse.cells),
    tracks: waysOf(tracks, { frame, widthM: width * cellM, heightM: height * cellM, machines }),
  };
}

interface Grid {
  cells: Uint8Array;
  width: number;
  height: number;
}

/** Squares of `times` × `times` cells become one, of the class that most of them have. */
export function coarser({ cells, width, height }: Grid, times: number): Grid {
  if (times <= 1) return { cells, width, height };
  const [columns, rows] = [Math.ceil(width / times), Math.ceil(height / times)];
  const found = new Uint8Array(columns * rows);
  const counts = new Uint32Array(8);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      counts.fill(0);
      for (let y = row * times; y < Math.min(height, (row + 1) * times); y++)
        for (let x = column * times; x < Math.min(width, (column + 1) * times); x++) counts[cells[y * width + x]]++;
      let best = 0;
      for (let kind = 1; kind < counts.length; kind++) if (counts[kind] > counts[best]) best = kind;
      found[row * columns + column] = best;
    }
  }
  return { cells: found, width: columns, height: rows };
}
