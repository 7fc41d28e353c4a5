import type { Box } from './field-shape.ts';

/** Squares of a hundredth of a degree, about a kilometre, each with one whole number as its name. */
const PER_DEGREE = 100;
const COLUMNS = 360 * PER_DEGREE;
const column = (lng: number): number => Math.floor((lng + 180) * PER_DEGREE);
const row = (lat: number): number => Math.floor((lat + 90) * PER_DEGREE);

export function* cellsOf([west, south, east, north]: Box): Generator<number> {
  for (let y = row(south); y <= row(north); y++) for (let x = column(west); x <= column(east); x++) yield y * COLUMNS + x;
}

/** Where an outbox has been, coarsely: enough to tell that it never came near a field. */
export class GroundCells {
  private readonly seen: Set<number>;
  private last = -1;

  constructor(cells: readonly number[] = []) {
    this.seen = new Set(cells);
  }

  note(lng: number, lat: number): void {
    const cell = row(lat) * COLUMNS + column(lng);
    if (cell === this.last) return;
    this.last = cell;
    this.seen.add(cell);
  }

  /** In the order of coming there. */
  list(): number[] {
    return [...this.seen];
  }

  touches(cells: ReadonlySet<number>): boolean {
    for (const cell of this.seen) if (cells.has(cell)) return true;
    return false;
  }
}
