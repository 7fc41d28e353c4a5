import type { WatchedUnit } from './world.ts';

/** Of all that is left of the operation in the city: a unit with less than this share makes nobody move a machine. */
const LEAST_SHARE = 0.03;

/** Units whose rest is worth an alert. */
export function weighty(units: readonly WatchedUnit[]): WatchedUnit[] {
  const left = { harvest: 0, sow: 0 };
  for (const { operation, leftMu } of units) left[operation] += Math.max(0, leftMu);
  return units.filter(({ operation, leftMu }) => leftMu >= LEAST_SHARE * left[operation]);
}
