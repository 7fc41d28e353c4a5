import type { WhatIf } from '../../shared/advice.ts';
import { addDays, type Day } from '../../shared/season.ts';

export type PresetName = 'fewer' | 'rain' | 'stations' | 'visitors';

export const nothingSupposed: WhatIf = { operation: 'harvest', machines: [], rain: [], stations: [], withMoves: false };

export const isNothing = ({ machines, rain, stations, withMoves }: WhatIf): boolean =>
  machines.length + rain.length + stations.length === 0 && !withMoves;

/** Adds what the preset supposes, for the whole city, from today on. */
export function withPreset(scenario: WhatIf, name: PresetName, { city, today }: { city: string; today: Day }): WhatIf {
  const machines = (change: number) => [...scenario.machines, { division: city, kind: 'combine' as const, change, from: today }];
  switch (name) {
    case 'fewer':
      return { ...scenario, machines: machines(-30) };
    case 'visitors':
      return { ...scenario, machines: machines(200) };
    case 'stations':
      return { ...scenario, stations: [...scenario.stations, { division: city, count: 2 }] };
    case 'rain':
      return { ...scenario, rain: [...scenario.rain, ...rainDays(today).map(day => ({ division: city, day, rainMm: 20 }))] };
  }
}

/** The next 8th and 9th of the month; once they are over, tomorrow and the day after. */
function rainDays(today: Day): Day[] {
  const eighth = `${today.slice(0, 8)}08`;
  return eighth >= today ? [eighth, addDays(eighth, 1)] : [addDays(today, 1), addDays(today, 2)];
}

/** Days by which the finish comes later; null where one of both is not to be told. */
export const daysLater = (now: Day | null, then: Day | null): number | null =>
  now === null || then === null ? null : Math.round((Date.parse(then) - Date.parse(now)) / 86_400_000);
