import loadHighs from 'highs';
import type { LinearProgram, Row, SolveLinear } from '../domain/moves/linear-program.ts';

/** HiGHS (https://highs.dev), compiled to WebAssembly: its file lies beside its code in the package. */
export async function loadLinearSolver(): Promise<SolveLinear> {
  const highs = await loadHighs();
  return (program, goOn) =>
    highs.withModel(modelOf(program), model => {
      const solved = () => {
        model.run();
        return model.getModelStatus() === highs.constants.modelStatus.optimal ? model.getSolution().colValue : null;
      };
      model.options.set({ output_flag: false });
      const x = solved();
      if (x !== null)
        goOn?.(x, {
          refix(columns, values) {
            model.changeColsBounds({ kind: 'set', indices: columns }, values, values);
            return solved();
          },
          tighten(rows) {
            model.addRows(addedOf(rows, program.cost.length));
            return solved();
          },
        });
      return x;
    });
}

function modelOf({ cost, upper, rowLower, rowUpper, starts, rows, values }: LinearProgram) {
  const [numCols, numRows] = [cost.length, rowLower.length];
  return {
    numCols,
    numRows,
    colCost: cost,
    colLower: new Float64Array(numCols),
    colUpper: upper,
    rowLower,
    rowUpper,
    matrix: { format: 'csc' as const, numRows, numCols, starts, indices: rows, values },
  };
}

function addedOf(rows: readonly Row[], numCols: number) {
  const starts = [0];
  for (const { columns } of rows) starts.push(starts.at(-1)! + columns.length);
  return {
    count: rows.length,
    lower: Float64Array.from(rows, ({ lower }) => lower),
    upper: new Float64Array(rows.length).fill(Number.POSITIVE_INFINITY),
    matrix: {
      format: 'csr' as const,
      numRows: rows.length,
      numCols,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(rows.flatMap(({ columns }) => columns)),
      values: Float64Array.from(rows.flatMap(({ values }) => values)),
    },
  };
}
