import { m2OfMu } from '../../shared/units.ts';
import type { FarmTown } from './farmland.ts';
import { hillinessOf } from './farmland.ts';
import type { Ground } from './ground.ts';
import { nearest, type Point } from './plane.ts';
import { type Random, randomOf } from './random.ts';
import { evenOut, pointsOn, spreadOver } from './settlement.ts';
import type { TractShape } from './tract.ts';

export interface Tract extends TractShape {
  targetMu: number;
}

export interface Village {
  name: string;
  centre: Point;
  /** No field comes nearer to the centre than this. */
  housesM: number;
  tracts: Tract[];
}

export interface SettledTown extends Omit<FarmTown, 'villages'> {
  centre: Point;
  villages: Village[];
}

/** At small scales a few villages keep all the land, so that fields stay in clusters; at full size every village has some. */
const VILLAGE_MU = 340;
const FEWEST_VILLAGES = 3;
const TRACT_MU = 170;
const MOST_TRACTS = 5;
/** Part of a village's surroundings that ends up as wheat. */
const WHEAT_PART = 0.55;
const BORDER_M = 350;
/** From the rough places of the towns: enough to part those that lie close together. */
const TOWN_ROUNDS = 3;

/** Puts the towns of one county on its ground, their villages around them, and each village's land around the village. */
export function settle(county: string, ground: Ground, towns: readonly FarmTown[], seed: number): SettledTown[] {
  const random = randomOf(seed, 'settle', county);
  const points = pointsOn(ground, 9000, BORDER_M, random);
  const centres = evenOut(
    points,
    towns.map(town => placeOf(town, ground)),
    TOWN_ROUNDS,
  );
  const cells = centres.map((): Point[] => []);
  for (const point of points) cells[nearest(centres, point)]!.push(point);
  const plough = hillinessOf(county) > 0.4 ? random.between(0, Math.PI) : random.between(-0.15, 0.15);
  return towns.map((town, i) => {
    const ownRandom = randomOf(seed, 'villages', town.code);
    return { ...town, centre: centres[i]!, villages: settleVillages(town, cells[i]!, plough, ownRandom) };
  });
}

function placeOf({ name, code, place }: FarmTown, ground: Ground): Point {
  if (!place) throw new Error(`${name} ${code} has fields and no place in town-places.json`);
  return ground.plane.toPoint(place);
}

function settleVillages(town: FarmTown, cell: readonly Point[], plough: number, random: Random): Village[] {
  const wanted = Math.max(FEWEST_VILLAGES, Math.round(town.targetMu / VILLAGE_MU));
  const count = Math.min(wanted, town.villages.length, Math.floor(cell.length / 2));
  const shares = Array.from({ length: count }, () => random.between(0.6, 1.4));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const names = town.villages.map(name => ({ name, order: random.next() })).sort((a, b) => a.order - b.order);
  return spreadOver(cell, count, random).map((centre, i) => {
    const targetMu = (town.targetMu * shares[i]!) / all;
    const housesM = random.between(110, 160) + 2 * Math.sqrt(targetMu);
    const direction = plough + random.normal() * (0.1 + 0.5 * hillinessOf(town.county));
    return {
      name: names[i]!.name,
      centre,
      housesM,
      tracts: tractsAround({ centre, housesM, targetMu, direction, hilliness: hillinessOf(town.county) }, random),
    };
  });
}

interface Surroundings {
  centre: Point;
  housesM: number;
  targetMu: number;
  direction: number;
  hilliness: number;
}

function tractsAround({ centre, housesM, targetMu, direction, hilliness }: Surroundings, random: Random): Tract[] {
  const count = Math.max(1, Math.min(MOST_TRACTS, Math.round(targetMu / TRACT_MU)));
  const radiusM = Math.sqrt(m2OfMu(targetMu / count) / WHEAT_PART / Math.PI);
  const first = random.between(0, 2 * Math.PI);
  return Array.from({ length: count }, (_, i) => {
    const bearing = first + (2 * Math.PI * (i + random.between(-0.25, 0.25))) / count;
    const away = housesM + radiusM * random.between(0.7, 0.95);
    return {
      centre: [centre[0] + away * Math.cos(bearing), centre[1] + away * Math.sin(bearing)] as const,
      angle: direction + (i % 2) * (Math.PI / 2) + 0.1 * random.normal(),
      reachM: radiusM * 1.6 + 120,
      hilliness,
      targetMu: targetMu / count,
    };
  });
}
