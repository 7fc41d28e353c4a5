import type { FieldShape } from '../../server/domain/field-index.ts';
import { areaM2Of } from '../../server/domain/polygon-check.ts';
import type { Fix } from '../../shared/fix.ts';
import { type Point, planeAt } from '../season/plane.ts';
import { type Random, randomOf } from '../season/random.ts';

/** One field, cut in passes from edge to edge, as its machine's receiver saw it. */
export interface CutField {
  shape: FieldShape;
  cutM2: number;
  fixes: Fix[];
}

export const WIDTH_M = 2.5;
/** Passes overlap by 8 %. */
const SPACING_M = WIDTH_M * 0.92;
const WORKING_M_PER_S = 4.2 / 3.6;
const FIX_EVERY_S = 2;
const TURN_M = 4;
/** A receiver's drift wanders: half of it is another after two minutes. */
const DRIFT_KEPT = 0.5 ** (FIX_EVERY_S / 120);
const plane = planeAt([113.6, 34.7]);

/** How far a receiver is off in either direction; drift wanders slowly, white noise is another from fix to fix. */
export interface Noise {
  metres: number;
  kind: 'drift' | 'white';
}
interface Cut {
  noise: Noise;
  /** Across the passes; from 20 to 46 m by chance when absent. */
  heightM?: number;
  /** Only the southern half is cut. */
  half?: boolean;
}

/** Fields in a row, each about 144 m long with slanted ends. */
export function cutFields(count: number, cut: Cut): CutField[] {
  return Array.from({ length: count }, (_, i) => cutField(i, randomOf('measure bench', i), cut));
}

function cutField(i: number, random: Random, { noise, heightM, half = false }: Cut): CutField {
  const [west, south] = [(i % 20) * 260, Math.floor(i / 20) * 150];
  const [length, byChance] = [random.between(85, 205), random.between(20, 46)];
  const height = heightM ?? byChance;
  const slant = random.between(-8, 8);
  const corners: Point[] = [
    [west, south],
    [west + length, south],
    [west + length + slant, south + height],
    [west + slant, south + height],
    [west, south],
  ];
  const polygon = { type: 'Polygon' as const, coordinates: [corners.map(plane.toLngLat)] };
  const shape = { id: `B${i}`, polygon, areaM2: areaM2Of(polygon) };
  const rows = rowsOf(height).filter(up => !half || up <= height / 2);
  const cutM = half ? rows[rows.length - 1] + WIDTH_M / 2 : height;
  return {
    shape,
    cutM2: (shape.areaM2 * cutM) / height,
    fixes: received(wayOver({ west, south, length, height, slant }, rows), random, noise),
  };
}

const rowsOf = (height: number): number[] =>
  Array.from({ length: Math.ceil((height - WIDTH_M) / SPACING_M) + 1 }, (_, pass) =>
    Math.min(height - WIDTH_M / 2, WIDTH_M / 2 + pass * SPACING_M),
  );

interface Spot {
  at: Point;
  working: 0 | 1;
}

type Ground = Record<'west' | 'south' | 'length' | 'height' | 'slant', number>;

function wayOver({ west, south, length, height, slant }: Ground, rows: readonly number[]): Spot[] {
  const spots: Spot[] = [];
  const step = WORKING_M_PER_S * FIX_EVERY_S;
  for (const [pass, up] of rows.entries()) {
    const from = west + (slant * up) / height - 1;
    for (let along = 0; along <= length + 2; along += step) {
      spots.push({ at: [pass % 2 === 0 ? from + along : from + length + 2 - along, south + up], working: 1 });
    }
    const end = pass % 2 === 0 ? from + length + 2 + TURN_M : from - TURN_M;
    for (let turn = 0; turn < 3; turn++) spots.push({ at: [end, south + up + (turn * SPACING_M) / 2], working: 0 });
  }
  return spots;
}

function received(spots: readonly Spot[], random: Random, { metres, kind }: Noise): Fix[] {
  const kept = kind === 'drift' ? DRIFT_KEPT : 0;
  const fresh = metres * Math.sqrt(1 - kept * kept);
  const jitterM = kind === 'drift' ? 0.1 * metres : 0;
  let [east, north] = [metres * random.normal(), metres * random.normal()];
  return spots.map(({ at: [x, y], working }, i) => {
    east = east * kept + fresh * random.normal();
    north = north * kept + fresh * random.normal();
    const [lng, lat] = plane.toLngLat([x + east + jitterM * random.normal(), y + north + jitterM * random.normal()]);
    const place = { lng: Math.round(lng * 1e7) / 1e7, lat: Math.round(lat * 1e7) / 1e7 };
    return { seq: i + 1, fixTime: 1_800_000_000_000 + i * 1000 * FIX_EVERY_S, ...place, ...UNSAID, working };
  });
}

const UNSAID = { speedKmh: null, headingDeg: null, accuracyM: null, widthM: WIDTH_M };
