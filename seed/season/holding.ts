import type { Ground } from './ground.ts';
import { distance, nearest, type Point } from './plane.ts';
import type { SettledTown, Tract, Village } from './village-land.ts';

/** A tract with its owner and the land it may use. */
export interface Holding {
  town: SettledTown;
  village: Village;
  tract: Tract;
  /** Place among the town's tracts, 0 ≤ x < 1. */
  rankInTown: number;
  /** Whether a convex-like shape with these corners lies on the tract's own land. */
  mayUse(corners: readonly Point[]): boolean;
}

/**
 * The tracts of a county. A tract's land is what lies nearer to it than to any other tract, and nearer to its town than to any other
 * town: convex cells, so that shapes whose corners keep to their own cells never overlap. Villages' houses and the border stay free.
 */
export function holdingsOf(towns: readonly SettledTown[], ground: Ground): Holding[] {
  const all = towns.flatMap(town => town.villages.flatMap(village => village.tracts.map(tract => ({ town, village, tract }))));
  const townCentres = towns.map(town => town.centre);
  return all.map(({ town, village, tract }) => {
    const others = all
      .filter(other => other.tract !== tract)
      .map(({ tract: { centre } }) => ({ centre, away: distance(centre, tract.centre) }))
      .sort((a, b) => a.away - b.away);
    const ownTown = towns.indexOf(town);
    const own = all.filter(holding => holding.town === town);
    const isOwn = (point: Point): boolean =>
      distance(point, village.centre) > village.housesM && isNearest(point, tract, others) && nearest(townCentres, point) === ownTown;
    return {
      town,
      village,
      tract,
      rankInTown: own.findIndex(holding => holding.tract === tract) / own.length,
      mayUse: corners => corners.every(isOwn) && isOnGround(corners, ground),
    };
  });
}

/** `others` by their distance from the tract: beyond twice the point's own distance none can be nearer to it. */
function isNearest(point: Point, tract: Tract, others: readonly { centre: Point; away: number }[]): boolean {
  const own = distance(point, tract.centre);
  for (const { centre, away } of others) {
    if (away > 2 * own) return true;
    if (distance(point, centre) < own) return false;
  }
  return true;
}

/** A circle around all corners fits into the county. */
function isOnGround(corners: readonly Point[], ground: Ground): boolean {
  const middle: Point = [mean(corners.map(([x]) => x)), mean(corners.map(([, y]) => y))];
  return ground.clearance(middle) > Math.max(...corners.map(corner => distance(corner, middle)));
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
