import type { MovesProblem } from '../../../shared/moves.ts';

const EARTH_KM = 6371;

/** Where nobody has said otherwise; the same as a problem's own defaults. */
export const usualTravel: MovesProblem['travel'] = { detour: 1.35, selfKmh: 20, lorryKmh: 45, loadingHours: 1, workingHours: 12 };

export interface Place {
  lng: number;
  lat: number;
}

/** Estimated: great circle times the detour that roads make. There is no road network in the data. */
export function roadKm(from: Place, to: Place, detour: number): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (angle: number) => Math.sin(radians(angle) / 2) ** 2;
  const chord = half(to.lat - from.lat) + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * half(to.lng - from.lng);
  return 2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(1, chord))) * detour;
}

/** On its own wheels or on a lorry, whichever is there sooner. */
export function roadHours(km: number, { selfKmh, lorryKmh, loadingHours }: MovesProblem['travel']): number {
  return Math.min(km / selfKmh, loadingHours + km / lorryKmh);
}
