/** A set of cells, 32 to a word, rows padded to whole words. */
export class BitGrid {
  readonly width: number;
  readonly height: number;
  readonly wordsPerRow: number;
  readonly words: Uint32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.wordsPerRow = (width + 31) >>> 5;
    this.words = new Uint32Array(this.wordsPerRow * height);
  }

  set(x: number, y: number): void {
    this.words[y * this.wordsPerRow + (x >>> 5)] |= 1 << (x & 31);
  }
  has(x: number, y: number): boolean {
    return (this.words[y * this.wordsPerRow + (x >>> 5)] & (1 << (x & 31))) !== 0;
  }
}

/** `row` ORed with itself shifted by `by` (1 to 31) cells to both sides. */
function widen(row: Uint32Array, scratch: Uint32Array, by: number): void {
  const back = 32 - by;
  scratch.set(row);
  let before = 0;
  for (let i = 0; i < row.length; i++) {
    const word = scratch[i];
    const after = i + 1 < row.length ? scratch[i + 1] : 0;
    row[i] = word | (word << by) | (before >>> back) | (word >>> by) | (after << back);
    before = word;
  }
}

function orInto(words: Uint32Array, at: number, row: Uint32Array): void {
  for (let i = 0; i < row.length; i++) words[at + i] |= row[i];
}

/** All cells within `radius` cells of a cell of the set. Cells beyond the grid are lost: leave a margin. */
export function dilate(grid: BitGrid, radius: number): BitGrid {
  const out = new BitGrid(grid.width, grid.height);
  const n = grid.wordsPerRow;
  const reach = Math.floor(radius);
  const row = new Uint32Array(n);
  const scratch = new Uint32Array(n);
  for (let y = 0; y < grid.height; y++) {
    let any = 0;
    for (let i = 0, at = y * n; i < n; i++, at++) {
      row[i] = grid.words[at];
      any |= row[i];
    }
    if (any === 0) continue;
    let widened = 0;
    for (let dy = reach; dy >= 0; dy--) {
      const half = Math.floor(Math.sqrt(radius * radius - dy * dy));
      while (widened < half) {
        const by = Math.min(widened + 1, half - widened, 31);
        widen(row, scratch, by);
        widened += by;
      }
      if (y - dy >= 0) orInto(out.words, (y - dy) * n, row);
      if (dy > 0 && y + dy < grid.height) orInto(out.words, (y + dy) * n, row);
    }
  }
  return out;
}

/** All cells that are not in the set, the padding of the rows included. */
export function complement(grid: BitGrid): BitGrid {
  const out = new BitGrid(grid.width, grid.height);
  for (let i = 0; i < grid.words.length; i++) out.words[i] = ~grid.words[i];
  return out;
}

/**
 * Morphological closing by a disc: fills what no disc of that radius fits into, slivers narrower than twice the radius above all, and adds
 * no cell farther than the radius from the set. The set must keep a margin of the radius to the grid's border.
 */
export const close = (grid: BitGrid, radius: number): BitGrid => complement(dilate(complement(dilate(grid, radius)), radius));
