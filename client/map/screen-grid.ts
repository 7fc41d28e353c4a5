const CELL_PX = 32;

/** Finds the point nearest to the mouse among many; built once per drawn frame, and only when somebody points. */
export class ScreenGrid {
  private readonly cells = new Map<number, number[]>();

  constructor(
    private readonly xs: ArrayLike<number>,
    private readonly ys: ArrayLike<number>,
    indices: Iterable<number>,
  ) {
    for (const i of indices) {
      const key = this.key(Math.floor(xs[i] / CELL_PX), Math.floor(ys[i] / CELL_PX));
      const cell = this.cells.get(key);
      if (cell) cell.push(i);
      else this.cells.set(key, [i]);
    }
  }

  /** Index of the nearest point within `reach` (at most one cell), or −1. */
  nearest(x: number, y: number, reach: number): number {
    let best = -1;
    let bestSquare = reach * reach;
    const column = Math.floor(x / CELL_PX);
    const row = Math.floor(y / CELL_PX);
    for (let r = row - 1; r <= row + 1; r++)
      for (let c = column - 1; c <= column + 1; c++)
        for (const i of this.cells.get(this.key(c, r)) ?? []) {
          const square = (this.xs[i] - x) ** 2 + (this.ys[i] - y) ** 2;
          if (square <= bestSquare) {
            bestSquare = square;
            best = i;
          }
        }
    return best;
  }

  private key(column: number, row: number): number {
    return row * 0x10000 + column;
  }
}
