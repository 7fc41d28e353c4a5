import { beforeAll, expect, test } from 'vitest';
import { type MovesProblem, movesProblemSchema } from '../../../shared/moves.ts';
import { loadLinearSolver } from '../../services/linear-solver.ts';
import { adviseMoves } from './advise-moves.ts';
import type { SolveLinear } from './linear-program.ts';

let solve: SolveLinear;
beforeAll(async () => {
  solve = await loadLinearSolver();
});

const advise = (problem: unknown) => adviseMoves(movesProblemSchema.parse(problem), { solve, shouldStop: () => false });

/** Two units 20 great-circle km apart on a meridian: 0.17986° of latitude are 20 km, 27 km of road, 27 / 20 = 1.35 h by itself. */
const far = 34.5 + 20 / ((Math.PI / 180) * 6371);
const unit = (name: string, lat: number, rest: Partial<MovesProblem['units'][number]>) => ({
  unit: name,
  lng: 113.5,
  lat,
  remainingMu: 0,
  deadline: '2026-06-03',
  ripeMu: [0, 0, 0].map(() => rest.remainingMu ?? 0),
  workable: [1, 1, 1],
  muPerMachineDay: { combine: 40 },
  machines: { combine: [0, 0, 0] },
  ...rest,
});
const threeDays = {
  firstDay: '2026-06-01',
  days: 3,
  kmCost: 0.3,
  travel: { detour: 1.35, selfKmh: 20, lorryKmh: 45, loadingHours: 1, workingHours: 13.5 },
};

test('the one spare machine goes to the unit that would be late, on the first day', () => {
  // B: 1 machine does 120 of 200 mu in three days. A's machine misses a tenth of its first day: 36 + 40 + 40 = 116 more.
  const advice = advise({
    ...threeDays,
    units: [unit('A', 34.5, { machines: { combine: [1, 1, 1] } }), unit('B', far, { remainingMu: 200, machines: { combine: [1, 1, 1] } })],
  });
  expect(advice.moves).toEqual([{ day: '2026-06-01', kind: 'combine', machines: 1, from: 'A', to: 'B', km: 27, hours: 1.35 }]);
  expect(advice.units[1]).toEqual({ unit: 'B', lateMu: { stay: 80, plan: 0 }, finish: { stay: null, plan: '2026-06-03' } });
  // Left on the evenings: 124, 44, 0 against 160, 120, 80.
  expect(advice.value).toEqual({
    stay: { lateMu: 80, muDays: 360, km: 0 },
    plan: { lateMu: 0, muDays: 168, km: 27 },
    bound: { lateMu: 0, muDays: expect.any(Number), km: expect.any(Number) },
    planCost: 168 + 0.3 * 27,
    boundCost: expect.any(Number),
    gap: expect.any(Number),
  });
  expect(advice.value.boundCost).toBeLessThanOrEqual(advice.value.planCost);
  expect(advice.unmet).toEqual([]);
});

test('a machine that is needed where it is stays there', () => {
  const both = { remainingMu: 120, machines: { combine: [1, 1, 1] } };
  const advice = advise({ ...threeDays, units: [unit('A', 34.5, both), unit('B', far, both)] });
  expect(advice.moves).toEqual([]);
  expect(advice.value.gap).toBe(0);
});

test('the machine that is kept for the last mu of its unit does not go, and the late mu elsewhere have a cause', () => {
  // Two machines at A with 40 mu to do, 200 mu at B: with one kept, one goes on day 1 and does 36 + 40 + 40 = 116; 84 are late.
  const moved = (keptMachines: number) => {
    const own = { remainingMu: 40, machines: { combine: [2, 2, 2] }, keptMachines };
    return advise({ ...threeDays, units: [unit('A', 34.5, own), unit('B', far, { remainingMu: 200 })] });
  };
  expect(moved(1).moves.map(({ day, machines }) => [day, machines])).toEqual([['2026-06-01', 1]]);
  expect([moved(1).units[1].lateMu.plan, moved(1).unmet[0]]).toEqual([84, { unit: 'B', mu: 84, cause: 'tooFar' }]);
  // Without, the other follows when A is done: 36 + 40 more.
  expect(moved(0).units[1].lateMu.plan).toBe(8);
});

test('a machine that is done goes on: it does 36 mu of the second unit on the day it arrives', () => {
  // A is cut on day 1; B has nothing of its own. From day 2: 36 + 40 = 76 of 80 mu, so 4 are late for want of machines.
  const advice = advise({
    ...threeDays,
    units: [
      unit('A', 34.5, { remainingMu: 40, deadline: '2026-06-01', machines: { combine: [1, 1, 1] } }),
      unit('B', far, { remainingMu: 80 }),
    ],
  });
  expect(advice.moves.map(({ day, from, to, machines }) => [day, from, to, machines])).toEqual([['2026-06-02', 'A', 'B', 1]]);
  expect(advice.units.map(one => one.lateMu.plan)).toEqual([0, 4]);
  expect(advice.unmet).toEqual([{ unit: 'B', mu: 4, cause: 'noSpareMachines' }]);
});

test('what is late is explained part by part: not ripe, weather, too few machines', () => {
  // 200 mu, 170 ripe in time; one machine does 40 + 0 + 40 = 80, in sunshine 120: 30 unripe, 40 for the rain, 50 for want of machines.
  const alone = unit('A', 34.5, { remainingMu: 200, ripeMu: [170, 170, 170], workable: [1, 0, 1], machines: { combine: [1, 1, 1] } });
  expect(advise({ ...threeDays, units: [alone] }).unmet).toEqual([
    { unit: 'A', mu: 30, cause: 'notRipe' },
    { unit: 'A', mu: 40, cause: 'weather' },
    { unit: 'A', mu: 50, cause: 'noSpareMachines' },
  ]);
});

test('idle machines beyond a day on the road are too far, and a deadline that has passed is named', () => {
  const advice = advise({
    ...threeDays,
    units: [
      unit('A', 34.5, { machines: { combine: [9, 9, 9] } }),
      unit('B', 40.5, { remainingMu: 50 }),
      unit('C', 34.5, { remainingMu: 30, deadline: '2026-05-31', machines: { combine: [1, 1, 1] } }),
    ],
  });
  expect(advice.unmet).toEqual([
    { unit: 'B', mu: 50, cause: 'tooFar' },
    { unit: 'C', mu: 30, cause: 'deadlinePassed' },
  ]);
});

test('more weight is served first when one machine must choose', () => {
  const late = { remainingMu: 40, deadline: '2026-06-01' };
  const near = 34.5 + 1 / ((Math.PI / 180) * 6371);
  const choose = (weight: number) =>
    advise({
      ...threeDays,
      units: [unit('A', 34.5, { machines: { combine: [1, 1, 1] } }), unit('B', near, late), unit('C', near, { ...late, weight })],
    }).moves[0].to;
  expect([choose(0.5), choose(2)]).toEqual(['B', 'C']);
});

test('a city without machines gets no moves and a cause for every unit', () => {
  const advice = advise({ ...threeDays, units: [unit('A', 34.5, { remainingMu: 10 }), unit('B', far, { remainingMu: 20 })] });
  expect([advice.moves, advice.unmet]).toEqual([
    [],
    [
      { unit: 'A', mu: 10, cause: 'noSpareMachines' },
      { unit: 'B', mu: 20, cause: 'noSpareMachines' },
    ],
  ]);
});

test('a list that is too short for the days is named', () => {
  const short = movesProblemSchema.safeParse({ ...threeDays, units: [unit('A', 34.5, { workable: [1] })] });
  expect(short.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['units.0.workable', 'needs one number a day: 3, not 1'],
  ]);
});
