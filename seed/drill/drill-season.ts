import type { SeasonPlan } from '../../server/trial-season.ts';
import type { Division, FieldInput, Machine } from '../../shared/registry.ts';
import { type Operation, seasonOf } from '../../shared/season.ts';
import { type Point, planeAt } from '../season/plane.ts';
import { randomOf } from '../season/random.ts';

export const ORIGIN = [113.6, 34.7];
export const CITY = '410100';
const COUNTY = '410182';
const TOWN = '410182100';
const COLUMNS = 6;
const ROWS = 8;

export interface DrillMachine {
  id: string;
  operation: Operation;
  widthM: number;
}

/** What the drill's machines are. The last two are in no list: enrolment creates them with its default width. */
export const LISTED: readonly DrillMachine[] = [
  { id: 'DRILL-1', operation: 'harvest', widthM: 2.36 },
  { id: 'DRILL-2', operation: 'harvest', widthM: 2.36 },
  { id: 'DRILL-3', operation: 'harvest', widthM: 2.75 },
  { id: 'DRILL-4', operation: 'harvest', widthM: 4.5 },
  { id: 'DRILL-5', operation: 'sow', widthM: 2.4 },
  { id: 'DRILL-6', operation: 'sow', widthM: 3.6 },
];
export const UNLISTED: readonly DrillMachine[] = [
  { id: 'DRILL-7', operation: 'harvest', widthM: 2.5 },
  { id: 'DRILL-8', operation: 'harvest', widthM: 2.5 },
];

export type DrillField = FieldInput & { county: string; reportedHarvested: null };

/** Four-cornered fields of 90–150 × 26–40 m, side by side with a boundary in common, in eight rows with a path between. */
export function drillFields(seed: number): DrillField[] {
  const random = randomOf(seed, 'drill fields');
  const plane = planeAt(ORIGIN);
  const fields: DrillField[] = [];
  for (let row = 0; row < ROWS; row++) {
    const length = random.between(90, 150);
    let [west, lean]: Point = [row * 7, random.between(-6, 6)];
    for (let column = 0; column < COLUMNS; column++) {
      const [east, leanNext] = [west + random.between(26, 40), random.between(-6, 6)];
      const [south, north] = [row * 160, row * 160 + length];
      const corners: Point[] = [
        [west, south],
        [east, south],
        [east + leanNext, north],
        [west + lean, north],
        [west, south],
      ];
      fields.push({
        id: `drill-${row}-${column}`,
        polygon: { type: 'Polygon', coordinates: [corners.map(plane.toLngLat)] },
        town: TOWN,
        village: '官峪村',
        crop: '小麦',
        ripeDate: null,
        county: COUNTY,
        reportedHarvested: null,
      });
      [west, lean] = [east, leanNext];
    }
  }
  return fields;
}

const division = (code: string, level: Division['level'], parent: string | null, name: string): Division => {
  return { code, name, level, parent, kind: 'statutory' };
};

export const listed = ({ id, operation, widthM }: DrillMachine): Machine => ({
  id,
  kind: operation === 'harvest' ? 'combine' : 'seeder',
  plate: id,
  drive: 'wheeled',
  origin: 'home',
  division: COUNTY,
  operatorName: '',
  operatorPhone: '',
  hasTerminal: true,
  implements: [{ from: 0, operation, workingWidthM: widthM }],
});

/** A small real season: one town, a few dozen fields. */
export function drillSeason(fields: readonly DrillField[], year: number): SeasonPlan {
  return {
    season: seasonOf(year, false),
    divisions: [
      division(CITY, 'city', null, '郑州市'),
      division(COUNTY, 'county', CITY, '荥阳市'),
      division(TOWN, 'town', COUNTY, '高村乡'),
    ],
    outlines: new Map(),
    outlineSource: '',
    plannedAreas: [],
    stations: [],
    machines: LISTED.map(listed),
    reported: [],
    fieldCount: fields.length,
    fields: () => fields,
  };
}
