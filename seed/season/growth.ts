import { area } from '@turf/turf';
import type { Polygon } from '../../shared/registry.ts';
import { muOfM2 } from '../../shared/units.ts';
import type { Strip } from './block.ts';
import type { Ground } from './ground.ts';
import { distance, nearest } from './plane.ts';
import { randomOf } from './random.ts';
import { layTract, type PlacedBlock } from './tract.ts';
import { isOwn, type SettledTown, type Tract, type Village } from './village-land.ts';

export interface SettledCounty {
  code: string;
  ground: Ground;
  towns: SettledTown[];
}

export interface GrownField {
  id: string;
  county: string;
  town: string;
  village: string;
  polygon: Polygon;
  areaMu: number;
  /** Place of its tract among the town's, 0 ≤ x < 1: the order in which the town ripens. */
  tractRank: number;
}

/**
 * All fields, county by county, town by town, tract by tract; one tract in memory at a time. What does not fit into a tract goes to the
 * next one, so that the sum is met to within one field.
 */
export function* growFields(counties: readonly SettledCounty[], seed: number): Generator<GrownField> {
  let owedMu = 0;
  for (const county of counties) {
    let number = 0;
    const tracts = county.towns.flatMap(town => town.villages.flatMap(village => village.tracts.map(tract => ({ town, village, tract }))));
    const townCentres = county.towns.map(town => town.centre);
    for (const [place, { town, village, tract }] of tracts.entries()) {
      const others = tracts
        .filter((_, i) => i !== place)
        .map(({ tract: other }) => ({ tract: other, away: distance(other.centre, tract.centre) }))
        .sort((a, b) => a.away - b.away);
      const ownTown = county.towns.indexOf(town);
      const isFree = (block: PlacedBlock): boolean =>
        isClearOf(village, block) &&
        block.rim.every(point => isOwn(point, tract, others) && nearest(townCentres, point) === ownTown) &&
        isOnGround(county.ground, block);
      const rank = rankInTown(town, tract);
      owedMu += tract.targetMu;
      for (const polygon of growTract(tract, county.ground, isFree, randomOf(seed, 'tract', county.code, place))) {
        const areaMu = muOfM2(area(polygon));
        if (owedMu < areaMu / 2) break;
        owedMu -= areaMu;
        number += 1;
        const id = `F${county.code.slice(3)}-${String(number).padStart(5, '0')}`;
        yield { id, county: county.code, town: town.code, village: village.name, polygon, areaMu, tractRank: rank };
      }
    }
  }
}

function* growTract(
  tract: Tract,
  ground: Ground,
  isFree: (block: PlacedBlock) => boolean,
  random: ReturnType<typeof randomOf>,
): Generator<Polygon> {
  for (const block of layTract(tract, random)) {
    if (isFree(block)) for (const strip of block.strips) yield polygonOf(strip, ground);
  }
}

const polygonOf = ({ ring, hole }: Strip, { plane }: Ground): Polygon => ({
  type: 'Polygon',
  coordinates: (hole ? [ring, hole] : [ring]).map(points => points.map(point => plane.toLngLat(point))),
});

function rankInTown(town: SettledTown, tract: Tract): number {
  const tracts = town.villages.flatMap(village => village.tracts);
  return tracts.indexOf(tract) / tracts.length;
}

/** No block over the village's houses: neither its rim nor its middle comes near. */
const isClearOf = ({ centre, housesM }: Village, { rim, middle }: PlacedBlock): boolean =>
  [...rim, middle].every(point => distance(point, centre) > housesM);

function isOnGround(ground: Ground, { rim, middle }: PlacedBlock): boolean {
  const reach = Math.max(...rim.map(point => distance(point, middle)));
  return ground.clearance(middle) > reach;
}
