import type { Random } from '../season/random.ts';
import type { SeasonKind } from './season-kind.ts';

/** A reporting unit: where it lies, what it has to cut and by when, and how its fields ripen. */
export interface Unit {
  name: string;
  lng: number;
  lat: number;
  plantedMu: number;
  /** Day of the season that is the last in time. */
  deadlineDay: number;
  /** Middle of its ripening, day of the season. */
  ripeDay: number;
  ripeningDays: number;
  stragglerShare: number;
  /** Area of the next crop that needs no wheat cut first. */
  fallowMu: number;
}

/** Day 0 is 28 May: the city's deadline of 12 June is day 15. */
export const FIRST_DAY = '2026-05-28';
const CITY_DEADLINE = 15;

/** Units over the city's ground; the front runs from the south-east, as the plain there ripens first and the hills last. */
export function drawCountry(kind: SeasonKind, random: Random): Unit[] {
  return Array.from({ length: kind.units }, (_, at) => {
    const [east, north] = [random.next(), random.next()];
    const along = (1 - east) * 0.7 + north * 0.3;
    return {
      name: `U${String(at + 1).padStart(2, '0')}`,
      lng: 112.75 + 1.4 * east,
      lat: 34.3 + 0.6 * north,
      plantedMu: Math.round(kind.unitMu * Math.exp(0.6 * random.normal())),
      deadlineDay: CITY_DEADLINE + random.whole(3) - 1,
      ripeDay: kind.ripeFromDay + kind.frontDays * along + 0.5 * random.normal(),
      ripeningDays: kind.ripeningDays * Math.exp(0.2 * random.normal()),
      stragglerShare: Math.min(0.15, kind.stragglers * Math.exp(0.5 * random.normal())),
      fallowMu: 0,
    };
  }).map(unit => ({ ...unit, fallowMu: Math.round(unit.plantedMu * random.between(0, 0.2)) }));
}

/** Ripe by then, mu: most with the front, stragglers four days behind it. `day` may be a fraction. */
export function ripeMu(unit: Unit, day: number): number {
  const front = 1 / (1 + Math.exp(-(day - unit.ripeDay) / (0.55 * unit.ripeningDays)));
  const late = 1 / (1 + Math.exp(-(day - unit.ripeDay - 4) / (0.8 * unit.ripeningDays)));
  const ripe = (1 - unit.stragglerShare) * front + unit.stragglerShare * late;
  // A front has an end: the last half per cent of a logistic curve would be waited for in vain.
  return unit.plantedMu * Math.min(1, ripe / 0.995);
}

const EARTH_KM = 6371;
const DETOUR = 1.35;

export function roadKm(one: { lng: number; lat: number }, other: { lng: number; lat: number }): number {
  const radians = Math.PI / 180;
  const [north, east] = [(other.lat - one.lat) * radians, (other.lng - one.lng) * radians];
  const chord = Math.sin(north / 2) ** 2 + Math.cos(one.lat * radians) * Math.cos(other.lat * radians) * Math.sin(east / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(chord)) * DETOUR;
}

/** By itself at 20 km/h, or on a lorry at 45 after an hour of loading and unloading, whichever is there sooner. */
export const roadHours = (km: number): number => Math.min(km / 20, 1 + km / 45);
