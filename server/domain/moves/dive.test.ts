import { expect, test } from 'vitest';
import { diveByDays } from './dive.ts';
import type { MoveProgram } from './move-program.ts';

const flow = (from: number, to: number, day: number) => ({ k: 0, from, to, day, machines: 0 });
const nothing = new Float64Array(0);
const program = {
  cost: nothing,
  upper: nothing,
  rowLower: nothing,
  rowUpper: nothing,
  starts: new Int32Array(1),
  rows: new Int32Array(0),
  values: nothing,
};
const three: MoveProgram = { program, flows: [flow(0, 1, 0), flow(0, 2, 0), flow(1, 2, 1)], firstFlow: 1, firstLate: 0, constant: 0 };

test('a day is fixed whole before the next: what leaves a unit is rounded in sum, and the days behind follow', () => {
  // 1.05 is nearly 1 and fixed; of the 1.6 that the solver then wants on the other way, two go.
  const fixed: number[][][] = [];
  const dived = diveByDays(three, Float64Array.of(7, 1.55, 1.05, 0.4), {
    shouldStop: () => false,
    refix: (columns, values) => {
      fixed.push([[...columns], [...values]]);
      return fixed.length === 1 ? Float64Array.of(7, 1.6, 1, 0.4) : Float64Array.of(7, 2, 1, fixed.length === 2 ? 0.7 : 1);
    },
  });
  // First what is nearly whole, then the rest of its day, then the day behind.
  expect(fixed).toEqual([
    [[2], [1]],
    [
      [1, 2],
      [2, 1],
    ],
    [[3], [1]],
  ]);
  expect(dived.map(({ machines }) => machines)).toEqual([2, 1, 1]);
});

test('it ends where time or the solver does, with what it has', () => {
  const x = Float64Array.of(7, 1.5, 1.5, 0);
  const dive = (stopAt: number) => {
    let asked = 0;
    return diveByDays(three, x, { refix: () => null, shouldStop: () => ++asked > stopAt }).map(({ machines }) => machines);
  };
  expect([dive(0), dive(9)]).toEqual([
    [1.5, 1.5, 0],
    [1.5, 1.5, 0],
  ]);
});
