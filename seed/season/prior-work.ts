import type { Reported } from '../../shared/registry.ts';
import type { Operation } from '../../shared/season.ts';
import { priorDayOf, priorReportAt } from './demo-dates.ts';
import { randomOf } from './random.ts';
import type { Ripening } from './ripeness.ts';

export const PRIOR_AUTHOR = '演示资料';

/** By rank in the order of ripening: towns below the first bound are cut, those between the bounds partly; 35 % of the area in sum. */
const ALL_CUT_BELOW = 0.27;
const NONE_CUT_FROM = 0.47;

/** Part of a town's fields that was cut before the demonstration begins. */
export function priorCutShare({ rank }: Ripening): number {
  if (rank < ALL_CUT_BELOW) return 1;
  if (rank >= NONE_CUT_FROM) return 0;
  return 0.1 + 0.6 * ((NONE_CUT_FROM - rank) / (NONE_CUT_FROM - ALL_CUT_BELOW));
}

export interface PriorTown {
  code: string;
  ripening: Ripening;
  /** Area of the fields that were cut, mu. */
  cutMu: number;
  plannedMu: number;
}

/** What the towns reported by the evening of 3 June: their cutting, and the sowing of those that are cut (about 8 % of the corn). */
export function priorReports(towns: readonly PriorTown[], year: number, seed: number): Reported[] {
  return towns
    .filter(town => town.cutMu > 0)
    .flatMap(town => {
      const random = randomOf(seed, 'prior', town.code);
      const report = (operation: Operation, mu: number, machineRate: number): Reported => {
        const machineMu = tenth(mu * machineRate);
        const handMu = tenth(mu - machineMu);
        const base = { division: town.code, operation, day: priorDayOf(year), machineMu, handMu };
        return { ...base, version: 1, at: priorReportAt(year), author: PRIOR_AUTHOR };
      };
      const cut = report('harvest', town.cutMu, random.between(0.98, 0.998));
      if (priorCutShare(town.ripening) < 1) return [cut];
      return [cut, report('sow', town.plannedMu * random.between(0.15, 0.45), random.between(0.96, 0.99))];
    });
}

const tenth = (mu: number): number => Math.round(mu * 10) / 10;
