import { kmCosts, type MovesProblem } from '../../../shared/moves.ts';
import { addDays, type Day } from '../../../shared/season.ts';
import { usualTravel } from '../moves/travel.ts';

/** How machines are told apart between units: tracked ones go back on wet ground sooner. */
export const machineKinds = ['combine', 'wheeled', 'tracked', 'seeder'] as const;
export type MachineKind = (typeof machineKinds)[number];

/** One unit and one operation as it stands. Lists have an entry for each day from the first that is planned. */
export interface UnitState {
  division: string;
  name: string;
  lng: number;
  lat: number;
  deadline: Day;
  remainingMu: number;
  /** Of what remains: ripe, or cut for sowing, by the end of each day. */
  ripeMu: readonly number[];
  /** 0..1 of each day, by the weather, for wheeled and for tracked machines. */
  workable: { wheeled: readonly number[]; tracked: readonly number[] };
  muPerMachineDay: number;
  /** There on each day when nobody is moved. */
  machines: Readonly<Record<'wheeled' | 'tracked', readonly number[]>>;
}

/** No crew finds more than this of what is open in a day: the last fields of a unit lie apart. */
export const FINDABLE = 0.85;
/** The last fields are never found to the last row. */
const LEAST_DONE = 0.99;
/** A plan on the mean alone leaves nothing for breakdowns, errors of ripening, and rain beyond the outlook. */
export const movesScenarios: MovesProblem['scenarios'] = [
  { chance: 0.3, rateFactor: 0.65 },
  { chance: 0.7, rateFactor: 1 },
];
/** Fields that ripen late are found by who is there: until a unit is done, this many stay. Nobody drives there again for three mu. */
export const KEPT_MACHINES = 1;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Nobody is made late for another, unless that saves twice as much there. */
const OWN_WEIGHT = 2;

/**
 * The problem of moving machines between these units.
 * @param kind of machines that no wait tells apart: then one kind is as good as two, and half the work
 */
export function movesProblemOf(
  units: readonly UnitState[],
  { firstDay, kind }: { firstDay: Day; kind: 'combine' | 'seeder' },
): MovesProblem {
  const days = units[0]?.ripeMu.length ?? 1;
  const isApart =
    kind === 'combine' && units.some(({ workable }) => workable.wheeled.some((share, day) => share < workable.tracked[day] - 1e-6));
  return {
    firstDay,
    days,
    units: units.map(unit => ({
      unit: unit.division,
      lng: unit.lng,
      lat: unit.lat,
      remainingMu: unit.remainingMu,
      // What is late already is wanted by tomorrow.
      deadline: unit.deadline < firstDay ? addDays(firstDay, 1) : unit.deadline,
      weight: isInTime(unit, firstDay) ? OWN_WEIGHT : 1,
      ripeMu: [...unit.ripeMu],
      workable: [...unit.workable.tracked],
      keptMachines: unit.remainingMu > 0 ? KEPT_MACHINES : 0,
      ...(isApart ? apart(unit) : together(unit, kind)),
    })),
    scenarios: movesScenarios,
    travel: usualTravel,
    findableShare: FINDABLE,
    kmCost: units.every(({ deadline }) => deadline < firstDay) ? kmCosts.overdue : kmCosts.inTime,
  };
}

/** Whether its own machines, at their expected rate, will do. */
function isInTime({ deadline, remainingMu, ripeMu, workable, muPerMachineDay, machines }: UnitState, firstDay: Day): boolean {
  let done = 0;
  for (let day = 0; day < ripeMu.length && addDays(firstDay, day) <= deadline; day++) {
    const able = muPerMachineDay * (workable.wheeled[day] * machines.wheeled[day] + workable.tracked[day] * machines.tracked[day]);
    done = Math.max(done, Math.min(done + FINDABLE * Math.max(0, ripeMu[day] - done), done + able));
  }
  return done >= LEAST_DONE * remainingMu;
}

function together({ muPerMachineDay, machines: { wheeled, tracked } }: UnitState, kind: 'combine' | 'seeder') {
  return { muPerMachineDay: { [kind]: muPerMachineDay }, machines: { [kind]: wheeled.map((count, day) => count + tracked[day]) } };
}

/** What wheeled machines lose beside tracked ones is spread over the days that are planned. */
function apart({ muPerMachineDay, machines, workable }: UnitState) {
  const tracked = sum(workable.tracked);
  const wheeledShare = tracked > 0 ? sum(workable.wheeled) / tracked : 1;
  return {
    muPerMachineDay: { tracked: muPerMachineDay, wheeled: muPerMachineDay * wheeledShare },
    machines: { tracked: [...machines.tracked], wheeled: [...machines.wheeled] },
  };
}
