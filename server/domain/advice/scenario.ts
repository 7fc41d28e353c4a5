import type { WhatIf } from '../../../shared/advice.ts';
import type { Operation } from '../../../shared/season.ts';
import type { Otherwise } from '../forecast/forecast.ts';

/** What a scenario has to know of a unit. */
export interface ScenarioUnit {
  division: string;
  remainingMu: number;
  machines: number;
  stations: number;
}

/**
 * Assumed: breakdowns and waiting for help cost so much of the working time, in proportion to the machines that share a station; a unit
 * without one shares somebody else's.
 */
export const LOST_TO_FAULTS = 0.08;

const kindOf = { harvest: 'combine', sow: 'seeder' } as const;

/** What a scenario supposes of each unit, for one operation. What is said of the city goes to its units. */
export function supposed(
  scenario: WhatIf,
  operation: Operation,
  { city, units }: { city: string; units: readonly ScenarioUnit[] },
): Map<string, Otherwise> {
  const machines = scenario.machines
    .filter(({ kind }) => kind === kindOf[operation])
    .flatMap(({ division, change, from }) =>
      division === city
        ? share(change, units).map((part, at) => ({ division: units[at].division, from, change: part }))
        : [{ division, from, change }],
    );
  const rain = scenario.rain.flatMap(({ division, day, rainMm }) =>
    (division === city ? units.map(unit => unit.division) : [division]).map(unit => ({ division: unit, date: day, rainMm })),
  );
  const opened = stationsOpened(scenario, { city, units });
  return new Map(
    units.map(({ division, stations }) => {
      const own = {
        machines: machines.filter(one => one.division === division && one.change !== 0).map(({ from, change }) => ({ from, change })),
        rain: rain.filter(one => one.division === division).map(({ date, rainMm }) => ({ date, rainMm })),
      };
      const more = opened.get(division) ?? 0;
      return [
        division,
        {
          ...(own.machines.length > 0 && { machines: own.machines }),
          ...(own.rain.length > 0 && { rain: own.rain }),
          ...(more > 0 && { rateFactor: rateWith(stations, more) }),
        },
      ];
    }),
  );
}

/** Rates with more stations, beside those without: less is lost as fewer machines share one. */
export function rateWith(stations: number, more: number): number {
  const lost = (LOST_TO_FAULTS * Math.max(1, stations)) / (Math.max(1, stations) + more);
  return (1 - lost) / (1 - LOST_TO_FAULTS);
}

/** More machines go where most is left to be done, fewer are taken where most are; whole ones, and no more than there are. */
function share(change: number, units: readonly ScenarioUnit[]): number[] {
  const weights = units.map(({ remainingMu, machines }) => (change > 0 ? remainingMu : machines));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (all === 0) return units.map(() => 0);
  const wanted = change > 0 ? change : Math.max(change, -all);
  const exact = weights.map(weight => (wanted * weight) / all);
  const whole = exact.map(Math.trunc);
  const left = Math.round(Math.abs(wanted - whole.reduce((sum, one) => sum + one, 0)));
  const byRest = exact.map((_, at) => at).sort((one, other) => Math.abs(exact[other] % 1) - Math.abs(exact[one] % 1) || one - other);
  for (const at of byRest.slice(0, left)) whole[at] += Math.sign(wanted);
  return whole;
}

/** A station that is opened in the city goes where most machines share one. */
function stationsOpened(scenario: WhatIf, { city, units }: { city: string; units: readonly ScenarioUnit[] }): Map<string, number> {
  const opened = new Map<string, number>();
  for (const { division, count } of scenario.stations) {
    for (let one = 0; one < count; one++) {
      const load = ({ division: unit, machines, stations }: ScenarioUnit) => machines / (stations + (opened.get(unit) ?? 0) + 1e-9);
      const unit = division === city ? [...units].sort((a, b) => load(b) - load(a))[0]?.division : division;
      if (unit !== undefined) opened.set(unit, (opened.get(unit) ?? 0) + 1);
    }
  }
  return opened;
}
