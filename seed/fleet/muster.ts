import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { CandidateShown } from '../../shared/candidate.ts';
import type { Division, LngLat, Machine } from '../../shared/registry.ts';
import { dayStart, type Operation, operations } from '../../shared/season.ts';
import { MU_M2 } from '../../shared/units.ts';
import type { PlannedField, SeasonPlan } from '../season/demo-season.ts';
import { planeAt } from '../season/plane.ts';
import { randomOf } from '../season/random.ts';
import type { DriverSetup } from './driver.ts';
import type { BoardField } from './job-board.ts';
import { areaOf, openRing } from './ring.ts';

/** What the fleet needs of a season. */
export type FleetSeason = Pick<SeasonPlan, 'divisions' | 'plannedAreas' | 'stations' | 'machines' | 'reported' | 'fields'>;

/** What the server already knows, so that a restart goes on. */
export interface Known {
  stages: ReadonlyMap<string, 'harvested' | 'sown'>;
  places: ReadonlyMap<string, LngLat>;
  /** Where a machine is now: an order may have sent it there. */
  counties: ReadonlyMap<string, string>;
  /** Ground on no list that was worked, as the server found it. */
  candidates?: readonly Pick<CandidateShown, 'operation' | 'polygon'>[];
}

const SHARED_SHARE = 0.05;
const LEAST_SHARED_MU = 8;
/** On the first morning a machine stands this far from where it starts to work. */
const NEAR_M = { from: 120, to: 700 };

/** The fields with what is to be done in them. */
export function fieldsOf(season: FleetSeason, seed: number, known: Known): BoardField[] {
  const sowShare = sowShareByTown(season);
  const random = randomOf(seed, 'fields');
  return [...season.fields()].map(field =>
    boardField(field, sowShare.get(field.town) ?? 1, stageOf(field, known), [random.next(), random.next()]),
  );
}

/** What no list knows has no stage on the server: there the candidate fields tell what was done. */
function stageOf({ id, polygon, isUnmapped }: PlannedField, { stages, candidates = [] }: Known): 'harvested' | 'sown' | undefined {
  if (!isUnmapped) return stages.get(id);
  const centre = meanOf(polygon.coordinates[0].slice(1));
  const done = candidates.filter(candidate => booleanPointInPolygon(centre, candidate.polygon)).map(({ operation }) => operation);
  return done.includes('sow') ? 'sown' : done.includes('harvest') ? 'harvested' : undefined;
}

function boardField(field: PlannedField, sowShare: number, stage: 'harvested' | 'sown' | undefined, draws: [number, number]): BoardField {
  const rings = field.polygon.coordinates;
  const centre = meanOf(rings[0].slice(1));
  const plane = planeAt(centre);
  const [outer, ...holes] = rings.map(ring => areaOf(openRing(ring.map(corner => plane.toPoint(corner)))));
  const areaMu = (outer - holes.reduce((sum, hole) => sum + hole, 0)) / MU_M2;
  return {
    id: field.id,
    county: field.county,
    town: field.town,
    rings,
    centre,
    areaMu,
    ripeAt: field.ripeDate === null ? Number.NEGATIVE_INFINITY : dayStart(field.ripeDate),
    sow: draws[0] < sowShare,
    shared: draws[1] < SHARED_SHARE && areaMu > LEAST_SHARED_MU,
    stage: stage ?? (field.reportedHarvested ? 'harvested' : 'standing'),
  };
}

/** Part of a town's fields that is still to be sown: what is planned less what was reported before. */
function sowShareByTown(season: FleetSeason): Map<string, number> {
  const sown = new Map(
    season.reported.filter(({ operation }) => operation === 'sow').map(row => [row.division, row.machineMu + row.handMu]),
  );
  return new Map(
    season.plannedAreas.map(({ division, plantedMu, plannedMu }) => [
      division,
      (plannedMu - (sown.get(division) ?? 0)) / Math.max(1, plantedMu),
    ]),
  );
}

/** One setup for every machine that has work to do; where the server has seen it last, else near a field of its town. */
export function driversOf(
  season: FleetSeason,
  machines: readonly Machine[],
  fields: readonly BoardField[],
  options: { seed: number; known: Known },
): DriverSetup[] {
  const counties = countyByCode(season.divisions);
  const byTown = new Map<string, BoardField[]>();
  for (const field of fields) {
    for (const place of [field.town, field.county]) {
      const there = byTown.get(place);
      if (there) there.push(field);
      else byTown.set(place, [field]);
    }
  }
  return machines.flatMap(machine => {
    const { operation, workingWidthM } = machine.implements.at(-1) ?? { operation: null, workingWidthM: 0 };
    const county = options.known.counties.get(machine.id) ?? counties.get(machine.division);
    if (operation === null || county === undefined) return [];
    const random = randomOf(options.seed, 'place', machine.id);
    const home = byTown.get(machine.division) ?? byTown.get(county) ?? fields;
    const place = options.known.places.get(machine.id) ?? placeNear(random.pick(home).centre, random);
    return [{ id: machine.id, county, operation, widthM: workingWidthM, tracked: machine.drive === 'tracked', place, seed: options.seed }];
  });
}

function placeNear(centre: LngLat, random: ReturnType<typeof randomOf>): LngLat {
  const [angle, metres] = [random.between(0, 2 * Math.PI), random.between(NEAR_M.from, NEAR_M.to)];
  return planeAt(centre).toLngLat([metres * Math.cos(angle), metres * Math.sin(angle)]);
}

const meanOf = (places: readonly LngLat[]): LngLat => {
  const sum = (axis: 0 | 1) => places.reduce((total, place) => total + place[axis], 0);
  return [sum(0) / places.length, sum(1) / places.length];
};

export const countyByCode = (divisions: readonly Division[]): Map<string, string> =>
  new Map(divisions.map(({ code, level, parent }) => [code, level === 'town' ? parent! : code]));

/** Stations by county, for fuel. */
export function stationsByCounty(season: FleetSeason): Map<string, LngLat[]> {
  const counties = countyByCode(season.divisions);
  const all = new Map<string, LngLat[]>();
  for (const { division, location } of season.stations) {
    const county = counties.get(division) ?? division;
    all.set(county, [...(all.get(county) ?? []), location]);
  }
  return all;
}

/** Which county's machines serve a county: its own where it has any, else those of the nearest that has. */
export function serviceOf(
  drivers: readonly DriverSetup[],
  fields: readonly BoardField[],
): (county: string, operation: Operation) => string {
  const byCounty = new Map<string, LngLat[]>();
  for (const { county, centre } of fields) {
    const there = byCounty.get(county);
    if (there) there.push(centre);
    else byCounty.set(county, [centre]);
  }
  const middles = new Map([...byCounty].map(([county, centres]) => [county, meanOf(centres)]));
  const answers = new Map<string, string>();
  for (const operation of operations) {
    const manned = new Set(drivers.filter(driver => driver.operation === operation).map(driver => driver.county));
    for (const [county, middle] of middles) {
      const plane = planeAt(middle);
      const away = (other: string) => Math.hypot(...plane.toPoint(middles.get(other) ?? middle));
      const nearest = [...manned].filter(other => middles.has(other)).sort((a, b) => away(a) - away(b))[0];
      answers.set(`${operation} ${county}`, manned.has(county) ? county : (nearest ?? county));
    }
  }
  return (county, operation) => answers.get(`${operation} ${county}`) ?? county;
}
