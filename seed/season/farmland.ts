import type { Facts, OfficialTown } from './facts.ts';
import { randomOf } from './random.ts';

/** Wheat of the whole city, mu (founding text of May 2021). */
export const CITY_WHEAT_MU = 2_040_000;

/**
 * How much of a county carries wheat, relative to the others: invented, after its character (plain, hills, built-up). Only 登封 has a
 * printed figure, 37.5 of 220.56 万亩 in 2023, which its value meets.
 */
const WHEAT_DENSITY: Record<string, number> = {
  '410102': 0.25,
  '410103': 0.22,
  '410104': 0.3,
  '410105': 0.25,
  '410106': 0.45,
  '410108': 0.5,
  '410122': 1.25,
  '410181': 0.75,
  '410182': 1.05,
  '410183': 0.85,
  '410184': 1.15,
  '410185': 0.95,
};

/** Hills rise towards the west and south-west: 0 plain, 1 hills. */
const HILLINESS: Record<string, number> = { '410181': 1, '410185': 1, '410183': 0.8, '410182': 0.5, '410106': 0.5, '410103': 0.3 };
export const hillinessOf = (county: string): number => HILLINESS[county] ?? 0.1;

export interface FarmTown extends OfficialTown {
  targetMu: number;
  /** Corn planned per mu of wheat. */
  cornShare: number;
}

const NOT_FARMLAND = /森林公园|风景区|集聚区|新区/;
const FEWEST_VILLAGES = { town: 2, street: 7 };

/** Towns and townships with villages; street offices only where many villages are left. */
export function isRural(town: OfficialTown): boolean {
  if (NOT_FARMLAND.test(town.name)) return false;
  return town.villages.length >= (/[镇乡]$/.test(town.name) ? FEWEST_VILLAGES.town : FEWEST_VILLAGES.street);
}

/** The rural towns of the statutory counties with what each is to grow; the sum is the city's wheat × scale. */
export function farmTowns(facts: Facts, scale: number, seed: number): FarmTown[] {
  const counties = facts.outlines.filter(({ code }) => code in WHEAT_DENSITY);
  const weights = counties.map(({ code, areaKm2 }) => areaKm2 * WHEAT_DENSITY[code]!);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return counties.flatMap(({ code }, i) => {
    const towns = facts.towns.filter(town => town.county === code && isRural(town));
    const shares = towns.map(town => Math.sqrt(town.villages.length) * randomOf(seed, 'town', town.code).between(0.75, 1.25));
    const sum = shares.reduce((total, share) => total + share, 0);
    return towns.map((town, k) => ({
      ...town,
      targetMu: (CITY_WHEAT_MU * scale * weights[i]! * shares[k]!) / (all * sum),
      cornShare: randomOf(seed, 'corn', town.code).between(0.9, 1.05),
    }));
  });
}
