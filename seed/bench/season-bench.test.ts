import { beforeAll, expect, test } from 'vitest';
import { adviseMoves } from '../../server/domain/moves/advise-moves.ts';
import type { SolveLinear } from '../../server/domain/moves/linear-program.ts';
import { loadLinearSolver } from '../../server/services/linear-solver.ts';
import { randomOf } from '../season/random.ts';
import { calibrationOf, plainDays, type Trial } from './season-calibration.ts';
import { drawProblem } from './season-moves.ts';
import { advicePolicy } from './season-policies/advice.ts';
import { earliestDeadlineFirst, largestFirst, nearestFirst, stay } from './season-policies/rules.ts';
import { ripeByMu, type SeasonView } from './season-policies/season-view.ts';
import { compare, playSeason } from './season-race.ts';

let solve: SolveLinear;
beforeAll(async () => {
  solve = await loadLinearSolver();
});

const unit = { lng: 113, lat: 34, plantedMu: 1000, cutMu: 0, openMu: 500, deadlineDay: 5, ripeDay: 0 };
const machine = { muPerDay: 40, isBroken: false };
/** A is done and has two machines, the weaker one first; B, 10 km off, and C, 30 km off, have none. C is due first. */
const view: SeasonView = {
  day: 3,
  units: [
    { ...unit, cutMu: 1000, openMu: 0 },
    { ...unit, cutMu: 900, openMu: 100 },
    { ...unit, cutMu: 800, openMu: 200, deadlineDay: 4 },
  ],
  machines: [
    { ...machine, id: 'weak', unit: 0, muPerDay: 30 },
    { ...machine, id: 'strong', unit: 0, muPerDay: 50 },
  ],
  ...{ rainMm: [0, 0, 0], outlookMm: [], cutMu: [900, 1800, 2700], machineCounts: [2, 2, 2] },
  km: (from, to) => [0, 10, 30][Math.abs(from - to)],
};

test('nearest first sends what is spare to the next unit that lacks machines, until it lacks no more', () => {
  // B lacks 1.15 × 100 / (3 × 0.85) = 45.1 mu a day: the weak one leaves 15.1, less than half of what the strong one does.
  expect(nearestFirst(view)).toEqual([
    { machine: 'weak', to: 1 },
    { machine: 'strong', to: 2 },
  ]);
});

test('largest first sends the strongest machine to the unit that lacks most, earliest deadline first both to C', () => {
  // C lacks 1.15 × 200 / (2 × 0.85) = 135.3 mu a day.
  expect(largestFirst(view)).toEqual([
    { machine: 'strong', to: 2 },
    { machine: 'weak', to: 2 },
  ]);
  expect(earliestDeadlineFirst(view)).toEqual([
    { machine: 'weak', to: 2 },
    { machine: 'strong', to: 2 },
  ]);
  expect(stay(view)).toEqual([]);
});

test('ripening is reckoned from what is ripe now, once that says something', () => {
  // Half of it is ripe, so now is the middle; 0.8 days on it is 1 / (1 + 1/e) = 73.1 %, over 0.98.
  expect(ripeByMu(unit, { now: 3, day: 3 })).toBeCloseTo(745.98, 1);
});

test('under advice a season leaves less late than when nobody moves', () => {
  const [still, one] = [playSeason('fact', stay), playSeason('fact', advicePolicy(solve))];
  expect(one.lateMu).toBeLessThan(still.lateMu);
  expect(compare('nobody moves', { played: [still], advice: [one] }).adviceNotWorse).toBe(1);
});

test('sixteen units for fourteen days: whole machines cost at most 1 % more than the bound', () => {
  const { value, unmet } = adviseMoves(drawProblem(randomOf('fact'), 0.9), { solve, shouldStop: () => false });
  expect(value.planCost).toBeGreaterThanOrEqual(value.boundCost);
  expect(value.gap).toBeLessThanOrEqual(0.01);
  expect(unmet.every(({ mu }) => mu > 0)).toBe(true);
});

test('plain extrapolation divides what remains by the rate', () => {
  const series = { operation: 'harvest' as const, totalMu: 1000, deadline: '2026-06-12', asOf: '2026-06-03', outlook: [] };
  const days = [100, 200, 400].map((doneMu, at) => ({ date: `2026-06-0${at + 1}`, doneMu, machines: 5, rainMm: 0 }));
  // 600 left at (400 − 100) / 2 = 150 a day; of the last day alone 200.
  expect([plainDays({ ...series, days }, 99), plainDays({ ...series, days }, 1)]).toEqual([4, 3]);
});

test('a calibration counts what fell in the band and the errors in days', () => {
  const trial: Trial = {
    ...{
      stage: 0.5,
      operation: 'harvest',
      wholeCity: true,
      came: 5,
      p10: 4,
      p50: 6,
      p90: 8,
      plain: 9,
      plainLate: 3,
      chance: 0.5,
      inTime: true,
    },
  };
  expect(calibrationOf([trial, { ...trial, came: 9 }])).toEqual({
    ...{
      forecasts: 2,
      held: 0.5,
      before: 0,
      after: 0.5,
      meanErrorDays: 2,
      meanPlainErrorDays: 2,
      meanPlainLateErrorDays: 4,
      bandDays: 4,
      brier: 0.25,
    },
  });
});
