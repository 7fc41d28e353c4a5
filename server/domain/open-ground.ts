import { BitGrid } from './closing.ts';
import type { FieldShape } from './field-index.ts';
import { type Raster, rasterOf } from './field-raster.ts';
import { boxOf } from './field-shape.ts';
import { frameAt, type LocalFrame } from './local-frame.ts';
import type { Swath } from './swath.ts';
import { cellsOf, emptySpans } from './swath-cells.ts';

const CELL_M = 0.5;
const TILE = 128;

interface Tile {
  column: number;
  row: number;
  raster: Raster;
  cells: Uint8Array;
}
const spans = emptySpans();

/** Ground without a boundary as a raster that grows where swaths fall. */
export class OpenGround {
  readonly frame: LocalFrame;
  readonly cellM = CELL_M;
  private readonly tiles = new Map<string, Tile>();

  constructor(lng0: number, lat0: number) {
    const frame = frameAt(lng0, lat0);
    // Off by a fifth of a cell: a pass that runs through the given place must not have its edge on the centres of cells.
    this.frame = { ...frame, lng0: lng0 - 0.1 / frame.metresPerLng, lat0: lat0 - 0.1 / frame.metresPerLat };
  }

  add(swath: Swath): void {
    const reach = swath.widthM / 2 / CELL_M;
    const [ax, ay] = this.toCells(swath.ax, swath.ay);
    const [bx, by] = this.toCells(swath.bx, swath.by);
    const toRow = Math.floor((Math.max(ay, by) + reach) / TILE);
    const toColumn = Math.floor((Math.max(ax, bx) + reach) / TILE);
    for (let row = Math.floor((Math.min(ay, by) - reach) / TILE); row <= toRow; row++) {
      for (let column = Math.floor((Math.min(ax, bx) - reach) / TILE); column <= toColumn; column++)
        this.paint(swath, this.tileAt(column, row));
    }
  }

  /** Takes away what lies in a field. */
  clear(shape: FieldShape): void {
    const [west, south, east, north] = boxOf(shape.polygon);
    const touched = [...this.tiles.values()].filter(({ raster: { frame } }) => {
      const isBeside = frame.lng0 > east || frame.lng0 + (TILE * CELL_M) / frame.metresPerLng < west;
      return !isBeside && frame.lat0 <= north && frame.lat0 + (TILE * CELL_M) / frame.metresPerLat >= south;
    });
    if (touched.length === 0) return;
    const field = rasterOf(shape.polygon);
    const isInside = (lng: number, lat: number): boolean => {
      const column = Math.floor(((lng - field.frame.lng0) * field.frame.metresPerLng) / field.cellM);
      const row = Math.floor(((lat - field.frame.lat0) * field.frame.metresPerLat) / field.cellM);
      return (
        row >= 0 &&
        row < field.height &&
        column >= field.first[row] &&
        column < field.end[row] &&
        field.inside[field.base[row] + column] === 1
      );
    };
    for (const tile of touched) {
      const { lng0, lat0, metresPerLng, metresPerLat } = tile.raster.frame;
      for (let at = 0; at < tile.cells.length; at++) {
        if (tile.cells[at] === 0) continue;
        const lng = lng0 + (((at % TILE) + 0.5) * CELL_M) / metresPerLng;
        const lat = lat0 + ((Math.floor(at / TILE) + 0.5) * CELL_M) / metresPerLat;
        if (isInside(lng, lat)) tile.cells[at] = 0;
      }
    }
  }

  areaM2(): number {
    let cells = 0;
    for (const tile of this.tiles.values()) for (const cell of tile.cells) cells += cell;
    return cells * CELL_M * CELL_M;
  }

  /** What is painted as one grid with a margin, and the place of its south-western corner in cells. */
  grid(margin: number): { grid: BitGrid; west: number; south: number } {
    const tiles = [...this.tiles.values()];
    const west = Math.min(...tiles.map(tile => tile.column)) * TILE - margin;
    const south = Math.min(...tiles.map(tile => tile.row)) * TILE - margin;
    const east = (Math.max(...tiles.map(tile => tile.column)) + 1) * TILE + margin;
    const north = (Math.max(...tiles.map(tile => tile.row)) + 1) * TILE + margin;
    const grid = new BitGrid(east - west, north - south);
    for (const { column, row, cells } of tiles) {
      for (let at = 0; at < cells.length; at++) {
        if (cells[at] === 1) grid.set(column * TILE - west + (at % TILE), row * TILE - south + Math.floor(at / TILE));
      }
    }
    return { grid, west, south };
  }

  get isEmpty(): boolean {
    return this.tiles.size === 0;
  }

  private toCells(lng: number, lat: number): [number, number] {
    const { lng0, lat0, metresPerLng, metresPerLat } = this.frame;
    return [((lng - lng0) * metresPerLng) / CELL_M, ((lat - lat0) * metresPerLat) / CELL_M];
  }

  private paint(swath: Swath, { raster, cells }: Tile): void {
    cellsOf(swath, raster, spans);
    for (let i = 0; i < spans.rows; i++) {
      const base = (spans.firstRow + i) * TILE;
      if (spans.to[i] > spans.from[i]) cells.fill(1, base + spans.from[i], base + spans.to[i]);
    }
  }

  private tileAt(column: number, row: number): Tile {
    const key = `${column}/${row}`;
    const known = this.tiles.get(key);
    if (known) return known;
    const frame = {
      ...this.frame,
      lng0: this.frame.lng0 + (column * TILE * CELL_M) / this.frame.metresPerLng,
      lat0: this.frame.lat0 + (row * TILE * CELL_M) / this.frame.metresPerLat,
    };
    const rows = Int32Array.from({ length: TILE }, (_, i) => i * TILE);
    const size = { cellM: CELL_M, cellDm2: (CELL_M * 10) ** 2, width: TILE, height: TILE, insideCells: TILE * TILE };
    const raster = { frame, ...size, first: new Int32Array(TILE), end: new Int32Array(TILE).fill(TILE), base: rows };
    const tile = { column, row, raster, cells: new Uint8Array(TILE * TILE) };
    this.tiles.set(key, tile);
    return tile;
  }
}
