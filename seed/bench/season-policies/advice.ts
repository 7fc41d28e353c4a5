import { FINDABLE, KEPT_MACHINES, movesScenarios } from '../../../server/domain/advice/moves-problem.ts';
import { forecast } from '../../../server/domain/forecast/forecast.ts';
import { adviseMoves } from '../../../server/domain/moves/advise-moves.ts';
import type { SolveLinear } from '../../../server/domain/moves/linear-program.ts';
import { seriesSchema } from '../../../shared/forecast.ts';
import { kmCosts, type MovesProblem, movesProblemSchema } from '../../../shared/moves.ts';
import type { MachineMove } from '../../season-model/season.ts';
import { dateOf, type Policy, ripeByMu, type SeasonView } from './season-view.ts';

/** To the last deadline and beyond: what is due after the days that are planned would look late. */
const MOST_DAYS = 21;

/** The city's forecast gives the workable share of the days ahead. */
function workableAhead(view: SeasonView, days: number): number[] {
  const series = seriesSchema.parse({
    operation: 'harvest',
    totalMu: view.units.reduce((sum, { plantedMu }) => sum + plantedMu, 0),
    deadline: dateOf(view.day + days - 1),
    asOf: dateOf(view.day - 1),
    days: view.cutMu.map((doneMu, day) => ({ date: dateOf(day), doneMu, machines: view.machineCounts[day], rainMm: view.rainMm[day] })),
    outlook: view.outlookMm.map((rainMm, ahead) => ({ date: dateOf(view.day + ahead), rainMm })),
  });
  const ahead = forecast(series).terms?.ahead;
  return Array.from({ length: days }, (_, day) => ahead?.[day]?.workableShare ?? 0.8);
}

/** No more than this is left: done. */
const DONE_MU = 0.1;

/** All machines as one kind of the mean rate: the program is a third as long with one kind as with two. */
const KIND = 'combine';

function problemOf(view: SeasonView, days: number): MovesProblem {
  const workable = workableAhead(view, days);
  const able = view.machines.filter(machine => !machine.isBroken);
  const muPerDay = able.reduce((sum, machine) => sum + machine.muPerDay, 0) / Math.max(1, able.length);
  const here = (unit: number) => able.filter(machine => machine.unit === unit).length;
  return movesProblemSchema.parse({
    firstDay: dateOf(view.day),
    days,
    findableShare: FINDABLE,
    kmCost: view.units.every(({ deadlineDay }) => deadlineDay < view.day) ? kmCosts.overdue : kmCosts.inTime,
    scenarios: movesScenarios,
    units: view.units.map((unit, at) => ({
      unit: String(at),
      lng: unit.lng,
      lat: unit.lat,
      remainingMu: unit.plantedMu - unit.cutMu,
      // What is late already is wanted by tomorrow.
      deadline: dateOf(Math.max(unit.deadlineDay, view.day + 1)),
      ripeMu: workable.map((_, day) => ripeByMu(unit, { now: view.day, day: view.day + day }) - unit.cutMu),
      workable,
      keptMachines: unit.plantedMu - unit.cutMu > DONE_MU ? KEPT_MACHINES : 0,
      muPerMachineDay: { [KIND]: muPerDay },
      machines: { [KIND]: workable.map(() => here(at)) },
    })),
  });
}

/** In place of the clock, so that a season is the same however busy the computer is. */
const MOST_TURNS = 1000;

/** Advice as the product gives it: every evening anew, of which the next morning's moves are made. */
export function advicePolicy(solve: SolveLinear): Policy {
  return view => {
    const lastDeadline = Math.max(...view.units.map(({ deadlineDay }) => deadlineDay));
    const days = Math.max(3, Math.min(MOST_DAYS, lastDeadline - view.day + 2));
    if (view.units.every(({ plantedMu, cutMu }) => plantedMu - cutMu <= DONE_MU) || view.machines.length === 0) return [];
    const problem = problemOf(view, days);
    let turns = 0;
    const { moves } = adviseMoves(problem, { solve, shouldStop: () => ++turns > MOST_TURNS });
    const taken = new Set<string>();
    return moves
      .filter(move => move.day === problem.firstDay)
      .flatMap(move => {
        const able = view.machines.filter(one => String(one.unit) === move.from && !one.isBroken && !taken.has(one.id));
        return able.slice(0, move.machines).map((machine): MachineMove => {
          taken.add(machine.id);
          return { machine: machine.id, to: Number(move.to) };
        });
      });
  };
}
