import type { Random } from '../season/random.ts';
import type { Unit } from './country.ts';
import type { SeasonKind } from './season-kind.ts';

export const machineKinds = ['wheeled', 'tracked'] as const;
export type MachineKind = (typeof machineKinds)[number];

export interface Machine {
  id: string;
  kind: MachineKind;
  unit: number;
  /** In the field, ripe crop before it. */
  muPerH: number;
  arrivalDay: number;
  departureDay: number;
  /** Hours until it is back: on the road, or in repair once a bay is free. */
  roadHours: number;
  repairHours: number;
}

const WORKING_HOURS = 11;
const WORKING_DAYS = 9;

/** Machines enough, times the season's strength, spread over the units as habit has it: by area, but unevenly. */
export function drawFleet(kind: SeasonKind, units: readonly Unit[], random: Random): Machine[] {
  const plantedMu = units.reduce((sum, unit) => sum + unit.plantedMu, 0);
  const wanted = (kind.strength * plantedMu) / (kind.netMuPerH * WORKING_HOURS * WORKING_DAYS);
  const weights = units.map(unit => unit.plantedMu ** 0.8 * Math.exp(0.35 * random.normal()));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const convoys = Array.from({ length: 4 }, () => ({ day: kind.arrivalDay + 2.5 * random.normal(), unit: random.whole(units.length) }));
  return Array.from({ length: Math.max(units.length, Math.round(wanted)) }, (_, at) => {
    const isVisitor = random.next() < kind.visitors;
    const convoy = random.pick(convoys);
    const home = drawUnit(weights, all * random.next());
    return {
      id: `M${at + 1}`,
      kind: random.next() < 0.25 ? 'tracked' : 'wheeled',
      // Half of a convoy stays where it arrives, the others spread out.
      unit: isVisitor && random.next() < 0.5 ? convoy.unit : home,
      muPerH: kind.netMuPerH * Math.exp(0.3 * random.normal()),
      arrivalDay: isVisitor ? Math.max(0, Math.round(convoy.day + random.next())) : 0,
      departureDay: isVisitor ? Math.round(kind.departureDay + 2 * random.normal()) : 99,
      roadHours: 0,
      repairHours: 0,
    } satisfies Machine;
  });
}

function drawUnit(weights: readonly number[], at: number): number {
  let passed = 0;
  return Math.max(
    0,
    weights.findIndex(weight => {
      passed += weight;
      return at < passed;
    }),
  );
}
