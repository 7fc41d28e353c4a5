import type { MovesProblem } from '../../../shared/moves.ts';
import { roadHours, roadKm } from './travel.ts';

/** The problem as numbers: kinds k, units u, days d, counted from 0. */
export interface Board {
  kinds: string[];
  units: number;
  days: number;
  scenarios: { chance: number; rateFactor: number }[];
  /** Day of the deadline; negative when it has passed. */
  deadlineDay: number[];
  remainingMu: number[];
  weight: number[];
  ripeMu: number[][];
  workable: number[][];
  /** By kind and unit: mu of a machine on a whole day. */
  rateMu: number[][];
  /** By kind, unit and day: machines there when nobody is moved. */
  staying: number[][][];
  /** By kind and unit: of those, how many may not be sent away. */
  kept: number[][];
  km: number[][];
  hours: number[][];
  /** Share of the day's work that the road takes; above 1 it is too far for one day. */
  lostShare: number[][];
  findableShare: number;
  kmCost: number;
}

/** A late mu counts as a thousand mu a day later: lateness first, the finish after it, and road km last. */
export const LATE_COST = 1000;

const dayNumber = (day: string): number => Date.parse(day) / 86_400_000;

export function boardOf(problem: MovesProblem): Board {
  const { units, travel } = problem;
  const kinds = [...new Set(units.flatMap(unit => Object.keys(unit.machines)))].sort();
  const km = units.map(from => units.map(to => roadKm(from, to, travel.detour)));
  const hours = km.map(row => row.map(one => roadHours(one, travel)));
  const chances = problem.scenarios.reduce((sum, { chance }) => sum + chance, 0);
  return {
    kinds,
    units: units.length,
    days: problem.days,
    scenarios: problem.scenarios.map(({ chance, rateFactor }) => ({ chance: chance / chances, rateFactor })),
    deadlineDay: units.map(unit => Math.min(problem.days - 1, dayNumber(unit.deadline) - dayNumber(problem.firstDay))),
    remainingMu: units.map(unit => unit.remainingMu),
    weight: units.map(unit => unit.weight),
    ripeMu: units.map(unit => unit.ripeMu.map(mu => Math.min(mu, unit.remainingMu))),
    workable: units.map(unit => unit.workable),
    rateMu: kinds.map(kind => units.map(unit => unit.muPerMachineDay[kind] ?? 0)),
    staying: kinds.map(kind => units.map(unit => unit.machines[kind] ?? Array<number>(problem.days).fill(0))),
    kept: kinds.map(kind => units.map(unit => Math.min(unit.keptMachines, ...(unit.machines[kind] ?? [0])))),
    km,
    hours,
    lostShare: hours.map(row => row.map(one => one / travel.workingHours)),
    findableShare: problem.findableShare,
    kmCost: problem.kmCost,
  };
}
