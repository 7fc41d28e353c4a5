import type { LngLat } from '../../shared/registry.ts';
import { addDays, type Day } from '../../shared/season.ts';
import { hillinessOf } from './farmland.ts';

export interface RipeTown {
  code: string;
  county: string;
  centre: LngLat;
  plantedMu: number;
}

export interface Ripening {
  /** Days after 28 May on which the town's first field is ripe. */
  firstAfter: number;
  /** Place in the order of ripening by planted area, 0 ≤ x ≤ 1. */
  rank: number;
}

const TOWN_SPAN_DAYS = 11;
/** The last fields of a town ripen two days after its first. */
const WITHIN_TOWN_DAYS = 3;

/** Wheat ripens in the plain of the south-east first (28 May) and in the western hills last (9 June). */
export function ripening(towns: readonly RipeTown[]): Map<string, Ripening> {
  const lateness = ({ centre: [lng, lat], county }: RipeTown): number => (114.2 - lng) * 1 + (lat - 34.3) * 0.8 + hillinessOf(county) * 0.5;
  const inOrder = [...towns].sort((a, b) => lateness(a) - lateness(b));
  const all = towns.reduce((sum, town) => sum + town.plantedMu, 0);
  let before = 0;
  return new Map(
    inOrder.map(town => {
      const rank = (before + town.plantedMu / 2) / all;
      before += town.plantedMu;
      return [town.code, { rank, firstAfter: Math.floor(rank * TOWN_SPAN_DAYS) }];
    }),
  );
}

/** All days on which a field can be ripe, by days after 28 May. */
export const ripeDays = (year: number): Day[] =>
  Array.from({ length: TOWN_SPAN_DAYS + WITHIN_TOWN_DAYS - 1 }, (_, after) => addDays(`${year}-05-28`, after));

export const ripeAfter = (town: Ripening, tractRank: number): number => town.firstAfter + Math.floor(tractRank * WITHIN_TOWN_DAYS);
