import { expect, test } from 'vitest';
import { movesProblemSchema } from '../../../shared/moves.ts';
import { annealMoves } from './anneal-moves.ts';
import { boardOf } from './board.ts';
import { WholePlan } from './whole-plan.ts';

/** Three units on a meridian, 20 great-circle km apart: a day's drive reaches the neighbour, and the one beyond it. */
const step = 20 / ((Math.PI / 180) * 6371);
const unit = (number: number, remainingMu: number, machines: number) => ({
  ...{ unit: `${number}`, lng: 113.5, lat: 34.5 + number * step, remainingMu, deadline: '2026-06-03' },
  ...{ ripeMu: [0, 0, 0].map(() => remainingMu), workable: [1, 1, 1] },
  ...{ muPerMachineDay: { combine: 40 }, machines: { combine: [machines, machines, machines] } },
});
const board = boardOf(
  movesProblemSchema.parse({ firstDay: '2026-06-01', days: 3, kmCost: 0.3, units: [unit(0, 0, 2), unit(1, 100, 1), unit(2, 200, 1)] }),
);

test('from no moves at all it finds those after which nothing is late, and leaves the plan it began with alone', () => {
  const begin = new WholePlan(board);
  const plan = annealMoves(begin, { board, used: [], boundCost: 0, shouldStop: () => false });
  // Unit 2 lacks 80 mu: 80 × 1000 late and 80, 160, 80 mu at the evenings; a machine that comes from unit 0 does 116 or less.
  expect([begin.flows(), begin.outcome().lateMu, plan.outcome().lateMu]).toEqual([[], 80, 0]);
  expect(plan.cost).toBeCloseTo(WholePlan.of(board, plan.flows()).cost, 6);
});

test('without time, or near the bound, it gives back what it was given', () => {
  const begin = new WholePlan(board);
  const flows = (boundCost: number, isOver: boolean) =>
    annealMoves(begin, { board, used: [], boundCost, shouldStop: () => isOver }).flows();
  expect([flows(0, true), flows(begin.cost, false)]).toEqual([[], []]);
});
