import { area } from '@turf/area';
import type { Polygon } from '../../shared/registry.ts';
import { muOfM2 } from '../../shared/units.ts';
import type { Ground } from './ground.ts';
import { type Holding, holdingsOf } from './holding.ts';
import { type Random, randomOf } from './random.ts';
import type { Strip } from './strip.ts';
import { layTract } from './tract.ts';
import type { SettledTown } from './village-land.ts';

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
 * All fields, county by county, town by town, tract by tract; one tract in memory at a time. What does not fit into a tract is owed by
 * the next one, and what a tract takes too much is taken off, so that the sum is met to within one field.
 */
export function* growFields(counties: readonly SettledCounty[], seed: number): Generator<GrownField> {
  let owedMu = 0;
  for (const { code: county, ground, towns } of counties) {
    let number = 0;
    for (const [place, holding] of holdingsOf(towns, ground).entries()) {
      owedMu += holding.tract.targetMu;
      for (const polygon of growTract(holding, ground, randomOf(seed, 'tract', county, place))) {
        const areaMu = muOfM2(area(polygon));
        if (owedMu < areaMu / 2) break;
        owedMu -= areaMu;
        number += 1;
        const id = `F${county.slice(3)}-${String(number).padStart(5, '0')}`;
        yield { id, county, town: holding.town.code, village: holding.village.name, polygon, areaMu, tractRank: holding.rankInTown };
      }
    }
  }
}

function* growTract({ tract, mayUse }: Holding, ground: Ground, random: Random): Generator<Polygon> {
  for (const block of layTract(tract, random)) for (const strip of block.strips()) if (mayUse(strip.ring)) yield polygonOf(strip, ground);
}

const polygonOf = ({ ring, hole }: Strip, { plane }: Ground): Polygon => ({
  type: 'Polygon',
  coordinates: (hole ? [ring, hole] : [ring]).map(points => points.map(point => plane.toLngLat(point))),
});
