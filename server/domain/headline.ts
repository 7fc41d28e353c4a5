import { ratio } from '../../shared/units.ts';

/** Cumulative totals of one unit in one operation, from both sources; mu. */
export interface Sources {
  measuredMu: number;
  reportedMachineMu: number;
  reportedHandMu: number;
}

export interface Headline {
  machineMu: number;
  headlineMu: number;
  capped: boolean;
}

/** Reports come rounded to a tenth of a mu, by machine and by hand: a sum that is above by less is not above. */
export const ROUNDING_MU = 0.1 + 1e-6;

/**
 * The headline of the lowest unit that reported: the larger machine area plus the hand-cut area, capped at the planted area. The cap takes
 * from the machine area first, since that is the measured or rounded-up part. Without a known area (0) nothing is capped.
 */
export function headlineOf(sources: Sources, areaMu: number): Headline {
  const machineMu = Math.max(sources.measuredMu, sources.reportedMachineMu);
  const sum = machineMu + sources.reportedHandMu;
  if (areaMu <= 0 || sum <= areaMu) return { machineMu, headlineMu: sum, capped: false };
  return { machineMu: Math.max(0, areaMu - sources.reportedHandMu), headlineMu: areaMu, capped: sum > areaMu + ROUNDING_MU };
}

/** From the lowest reporting units a headline is only added upwards; a sum is flagged when any part was capped. */
export function addHeadlines(parts: readonly Headline[]): Headline {
  const sum: Headline = { machineMu: 0, headlineMu: 0, capped: false };
  for (const part of parts) {
    sum.machineMu += part.machineMu;
    sum.headlineMu += part.headlineMu;
    sum.capped ||= part.capped;
  }
  return sum;
}

/** progress = done / area; machine rate = machine-done / done (机收率, 机播率). Null where the denominator is 0. */
export const ratesOf = (headline: Headline, areaMu: number): { progress: number | null; machineRate: number | null } => ({
  progress: ratio(headline.headlineMu, areaMu),
  machineRate: ratio(headline.machineMu, headline.headlineMu),
});
