import type { Division, FieldInput, Machine, PlannedArea, Polygon, Reported, Station } from '../../shared/registry.ts';
import { type Day, dayStart, type Season, seasonOf } from '../../shared/season.ts';
import { booksOpen, priorReportAt } from './demo-dates.ts';
import { divisionsOf, ZONES } from './divisions.ts';
import { readFacts } from './facts.ts';
import { type FarmTown, farmTowns } from './farmland.ts';
import { groundOf } from './ground.ts';
import { type GrownField, growFields, type SettledCounty } from './growth.ts';
import { demoMachines } from './machines.ts';
import { PRIOR_AUTHOR, priorCutShare, priorReports } from './prior-work.ts';
import { randomOf } from './random.ts';
import { type Ripening, ripeAfter, ripeDays, ripening } from './ripeness.ts';
import { demoStations } from './stations.ts';
import { settle } from './village-land.ts';

export const DEMO_SCALE = 1 / 20;
const AREA_AUTHOR = '演示数据';

export interface DemoOptions {
  year: number;
  /** 1 is the full city: 2.04 million mu, about 290,000 fields. */
  scale: number;
  seed: number;
}

export type PlannedField = FieldInput & {
  county: string;
  reportedHarvested: { at: number; author: string } | null;
  /** Nobody has entered it into the lists: the fleet works it all the same, and a candidate field comes of it. */
  isUnmapped?: true;
};

export interface SeasonPlan {
  season: Season;
  divisions: Division[];
  /** The city's and its counties' real outlines by code. */
  outlines: Map<string, Polygon>;
  /** To be shown beside every map that draws them; carries the review number. */
  outlineSource: string;
  plannedAreas: PlannedArea[];
  stations: Station[];
  machines: Machine[];
  /** What was cut and sown before the demonstration begins. */
  reported: Reported[];
  /** The same fields in the same order every time, made while they are asked for. */
  fields(): Iterable<PlannedField>;
  fieldCount: number;
}

/** The demonstration's seeders are faster than life (`fleet/day-plan.ts`): so was, then, what they did in former years. */
const SEEDER_MU_A_DAY = 60;

/** The demonstration season of a year: the same options give the same season, byte for byte. */
export function demoSeason(options: DemoOptions): SeasonPlan {
  const { year, scale, seed } = options;
  const facts = readFacts();
  const farms = farmTowns(facts, scale, seed);
  const counties = settleCounties(facts, farms, seed);
  const ledger = takeStock(growFields(counties, seed), counties);
  const cornShare = new Map(farms.map(town => [town.code, town.cornShare]));
  const towns = ledger.towns.map(town => ({ ...town, plannedMu: upToTenth(town.plantedMu * cornShare.get(town.code)!) }));
  const plantedMu = new Map(towns.map(town => [town.code, town.plantedMu]));
  const days = ripeDays(year);
  return {
    season: { ...seasonOf(year, true), usualMuPerMachineDay: { sow: SEEDER_MU_A_DAY } },
    divisions: divisionsOf(facts, firstRipeDays(towns, days)),
    outlines: new Map(facts.outlines.map(({ code, polygon }) => [code, polygon])),
    outlineSource: facts.outlineSource,
    plannedAreas: plannedAreas(towns, year),
    stations: demoStations(counties, plantedMu),
    machines: demoMachines({ codes: towns.map(town => town.code), weights: towns.map(town => town.plantedMu) }, options),
    reported: priorReports(towns, year, seed),
    fields: () => plannedFields(growFields(counties, seed), new Map(towns.map(town => [town.code, town])), options),
    fieldCount: ledger.fieldCount,
  };
}

function settleCounties(facts: ReturnType<typeof readFacts>, farms: readonly FarmTown[], seed: number): SettledCounty[] {
  return facts.outlines.flatMap(({ code, polygon }) => {
    const own = farms.filter(town => town.county === code);
    if (own.length === 0) return [];
    const ground = groundOf(polygon, facts.builtUp);
    return [{ code, ground, towns: settle(code, ground, own, seed) }];
  });
}

interface StockedTown {
  code: string;
  county: string;
  /** Rounded up to a tenth, so that a town whose every field is done does not exceed it. */
  plantedMu: number;
  ripening: Ripening;
  /** The first so many of its fields were cut before; their area. */
  cutFields: number;
  cutMu: number;
}

/** Grows all fields once, keeping their areas only: planted areas and prior cutting are to agree with the fields to the last one. */
function takeStock(fields: Iterable<GrownField>, counties: readonly SettledCounty[]): { towns: StockedTown[]; fieldCount: number } {
  const areas = new Map<string, number[]>();
  let fieldCount = 0;
  for (const { town, areaMu } of fields) {
    const own = areas.get(town);
    if (own) own.push(areaMu);
    else areas.set(town, [areaMu]);
    fieldCount += 1;
  }
  const towns = counties.flatMap(({ code: county, ground, towns: settled }) =>
    settled
      .filter(({ code }) => areas.has(code))
      .map(({ code, centre }) => ({ code, county, centre: ground.plane.toLngLat(centre), plantedMu: upToTenth(sum(areas.get(code)!)) })),
  );
  const order = ripening(towns);
  return {
    fieldCount,
    towns: towns.map(({ code, county, plantedMu }) => ({
      code,
      county,
      plantedMu,
      ripening: order.get(code)!,
      ...firstPart(areas.get(code)!, plantedMu, priorCutShare(order.get(code)!)),
    })),
  };
}

/** How many of the first fields make up that share of the town, and their area; a whole town reports its whole planted area. */
function firstPart(areas: readonly number[], plantedMu: number, share: number): { cutFields: number; cutMu: number } {
  if (share === 1) return { cutFields: areas.length, cutMu: plantedMu };
  let cutFields = 0;
  let cutMu = 0;
  while (cutFields < areas.length && cutMu + areas[cutFields]! <= share * plantedMu) cutMu += areas[cutFields++]!;
  return { cutFields, cutMu };
}

function firstRipeDays(towns: readonly StockedTown[], days: readonly Day[]): Map<string, Day> {
  const first = new Map<string, Day>();
  for (const {
    code,
    county,
    ripening: { firstAfter },
  } of towns) {
    const day = days[firstAfter]!;
    first.set(code, day);
    const known = first.get(county);
    if (known === undefined || day < known) first.set(county, day);
  }
  return first;
}

/** A row per town with fields; counties and the city are added up from them. Zones carry no fields and so no area. */
function plannedAreas(towns: readonly { code: string; plantedMu: number; plannedMu: number }[], year: number): PlannedArea[] {
  const row = (division: string, plantedMu: number, plannedMu: number): PlannedArea => {
    return { division, year, version: 1, plantedMu, plannedMu, at: booksOpen(year), author: AREA_AUTHOR };
  };
  return [...towns.map(({ code, plantedMu, plannedMu }) => row(code, plantedMu, plannedMu)), ...ZONES.map(({ code }) => row(code, 0, 0))];
}

const DAY_MS = 86_400_000;
/** Of the fields that are still standing; lists are never complete. */
const UNMAPPED_SHARE = 0.015;

function* plannedFields(
  grown: Iterable<GrownField>,
  towns: ReadonlyMap<string, StockedTown>,
  options: DemoOptions,
): Generator<PlannedField> {
  const days = ripeDays(options.year).map(day => ({ day, start: dayStart(day) }));
  const latest = priorReportAt(options.year);
  const random = randomOf(options.seed, 'cut');
  const unmapped = randomOf(options.seed, 'unmapped');
  const seen = new Map<string, number>();
  for (const { id, county, town, village, polygon, tractRank } of grown) {
    const own = towns.get(town)!;
    const place = seen.get(town) ?? 0;
    seen.set(town, place + 1);
    const { day: ripeDate, start } = days[ripeAfter(own.ripening, tractRank)]!;
    // Within two days of ripening, in daylight.
    const cutAt = start + random.whole(2) * DAY_MS + Math.round(random.between(7, 16) * 3600) * 1000;
    const reportedHarvested = place < own.cutFields ? { at: Math.min(cutAt, latest), author: PRIOR_AUTHOR } : null;
    const isUnmapped = unmapped.next() < UNMAPPED_SHARE && reportedHarvested === null;
    yield { id, polygon, town, village, crop: '小麦', ripeDate, county, reportedHarvested, ...(isUnmapped && { isUnmapped }) };
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const upToTenth = (mu: number): number => Math.ceil(mu * 10 - 1e-6) / 10;
