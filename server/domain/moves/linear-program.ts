/** Minimise cost · x with rowLower ≤ A x ≤ rowUpper and 0 ≤ x ≤ upper; A by columns (compressed sparse). */
export interface LinearProgram {
  cost: Float64Array;
  upper: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  starts: Int32Array;
  rows: Int32Array;
  values: Float64Array;
}

/** Fixes these columns at these values and solves again, from where it was; null when there is no x any more. */
export type Refix = (columns: Int32Array, values: Float64Array) => Float64Array | null;

/** Σ value · column ≥ lower. */
export interface Row {
  lower: number;
  columns: readonly number[];
  values: readonly number[];
}

/** What may be done with a program that the solver has at hand. `tighten` adds rows and solves again; null when there is no x any more. */
export interface Resolve {
  refix: Refix;
  tighten: (rows: readonly Row[]) => Float64Array | null;
}

/** The best x; null when the solver gave none. With `goOn` the program may be changed and solved again while the solver has it at hand. */
export type SolveLinear = (program: LinearProgram, goOn?: (x: Float64Array, resolve: Resolve) => void) => Float64Array | null;

/** Gathers a program column by column. */
export class ProgramBuilder {
  private readonly cost: number[] = [];
  private readonly upper: number[] = [];
  private readonly starts: number[] = [0];
  private readonly rows: number[] = [];
  private readonly values: number[] = [];
  private readonly rowLower: number[] = [];
  private readonly rowUpper: number[] = [];

  row(lower: number, upper: number): number {
    this.rowLower.push(lower);
    return this.rowUpper.push(upper) - 1;
  }

  /** @param entries row and coefficient, each row once */
  column(cost: number, upper: number, entries: readonly (readonly [number, number])[]): number {
    for (const [row, value] of entries) {
      if (value === 0) continue;
      this.rows.push(row);
      this.values.push(value);
    }
    this.starts.push(this.rows.length);
    this.upper.push(upper);
    return this.cost.push(cost) - 1;
  }

  build(): LinearProgram {
    return {
      cost: Float64Array.from(this.cost),
      upper: Float64Array.from(this.upper),
      rowLower: Float64Array.from(this.rowLower),
      rowUpper: Float64Array.from(this.rowUpper),
      starts: Int32Array.from(this.starts),
      rows: Int32Array.from(this.rows),
      values: Float64Array.from(this.values),
    };
  }
}
