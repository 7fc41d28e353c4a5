import { expect, test } from 'vitest';
import { movesProblemSchema } from '../../../shared/moves.ts';
import { boardOf } from './board.ts';
import { moveProgram } from './move-program.ts';
import { wholeCuts } from './whole-cuts.ts';

/** Both in one place, so that no time is lost on the road: A has three machines and nothing to do, B has 100 mu for one day. */
const unit = (name: string, remainingMu: number, machines: number) => ({
  ...{ unit: name, lng: 113.5, lat: 34.5, remainingMu, deadline: '2026-06-01', ripeMu: [remainingMu], workable: [1] },
  ...{ muPerMachineDay: { combine: 40 }, machines: { combine: [machines] } },
});
const board = boardOf(movesProblemSchema.parse({ firstDay: '2026-06-01', days: 1, units: [unit('A', 0, 3), unit('B', 100, 0)] }));
const program = moveProgram(board);

test('two and a half machines are cut off: three of them, or 20 mu are late', () => {
  // Columns: present A, B; done A, B; late A, B (5); the flow from A to B (6). 100 mu are 2.5 machines' work, half a machine over.
  // late + 20 machines ≥ 60: whole plans keep it (3 machines: 0 + 60, 2 machines: 20 + 40), 2.5 machines miss it by 10.
  const cuts = wholeCuts(board, program, Float64Array.of(0, 0, 0, 100, 0, 0, 2.5));
  expect(cuts).toEqual([{ lower: 60, columns: [5, 6], values: [1, 20], missedMu: 10 }]);
});

test('whole machines miss no cut', () => {
  const cuts = (machines: number, lateMu: number) => wholeCuts(board, program, Float64Array.of(0, 0, 0, 100 - lateMu, 0, lateMu, machines));
  expect([cuts(3, 0), cuts(2, 20), cuts(1, 60), cuts(0, 100)]).toEqual([[], [], [], []]);
});
