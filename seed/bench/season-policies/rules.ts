import type { MachineMove } from '../../season-model/season.ts';
import type { KnownMachine, Policy, SeasonView } from './season-view.ts';

/** What anyone reckons with: a machine does this much on a day, and one day in seven is lost. */
const WORKABLE = 0.85;
const SAFETY = 1.15;

interface Balance {
  /** Work by the deadline beyond what the unit's own machines do, mu. */
  lackingMu: number[];
  /** Machines that their unit can do without. */
  spare: KnownMachine[];
}

/** Who lacks machines and who has some to spare, by dividing what remains by the days that are left. */
function balanceOf(view: SeasonView): Balance {
  const lackingMu: number[] = [];
  const spare: KnownMachine[] = [];
  for (const [at, unit] of view.units.entries()) {
    const crew = view.machines.filter(machine => machine.unit === at && !machine.isBroken);
    const days = Math.max(1, unit.deadlineDay - view.day + 1) * WORKABLE;
    const neededMuPerDay = (SAFETY * (unit.plantedMu - unit.cutMu)) / days;
    const haveMuPerDay = crew.reduce((sum, machine) => sum + machine.muPerDay, 0);
    lackingMu.push(Math.max(0, neededMuPerDay - haveMuPerDay));
    let over = haveMuPerDay - neededMuPerDay;
    for (const machine of crew) {
      if (over < machine.muPerDay) continue;
      over -= machine.muPerDay;
      spare.push(machine);
    }
  }
  return { lackingMu, spare };
}

function send(balance: Balance, machine: KnownMachine, to: number): MachineMove {
  balance.lackingMu[to] -= machine.muPerDay;
  return { machine: machine.id, to };
}

/** Every spare machine goes to the nearest unit that lacks some. */
export const nearestFirst: Policy = view => {
  const balance = balanceOf(view);
  return balance.spare.flatMap(machine => {
    const lacking = [...balance.lackingMu.keys()].filter(unit => balance.lackingMu[unit] > 0.5 * machine.muPerDay);
    const [nearest] = lacking.sort((one, other) => view.km(machine.unit, one) - view.km(machine.unit, other));
    return nearest === undefined ? [] : [send(balance, machine, nearest)];
  });
};

/** The machine that does most goes first, and to the unit that lacks most. */
export const largestFirst: Policy = view => {
  const balance = balanceOf(view);
  return balance.spare
    .toSorted((one, other) => other.muPerDay - one.muPerDay)
    .flatMap(machine => {
      const to = balance.lackingMu.indexOf(Math.max(...balance.lackingMu));
      return balance.lackingMu[to] > 0.5 * machine.muPerDay ? [send(balance, machine, to)] : [];
    });
};

/** The unit with the earliest deadline is served first, by the nearest spare machines. */
export const earliestDeadlineFirst: Policy = view => {
  const balance = balanceOf(view);
  const free = new Set(balance.spare);
  const order = [...view.units.keys()].sort((one, other) => view.units[one].deadlineDay - view.units[other].deadlineDay);
  return order.flatMap(unit => {
    const moves: MachineMove[] = [];
    for (const machine of [...free].sort((one, other) => view.km(one.unit, unit) - view.km(other.unit, unit))) {
      if (balance.lackingMu[unit] <= 0.5 * machine.muPerDay) break;
      free.delete(machine);
      moves.push(send(balance, machine, unit));
    }
    return moves;
  });
};

export const stay: Policy = () => [];
