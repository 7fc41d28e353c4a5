import type { FieldShape } from '../../server/domain/field-index.ts';
import { areaM2Of } from '../../server/domain/polygon-check.ts';
import type { Fix } from '../../shared/fix.ts';
import { type Point, planeAt } from '../season/plane.ts';
import { type Random, randomOf } from '../season/random.ts';

/** One field cut from edge to edge, as its machine's receiver saw it. */
export interface CutField {
  shape: FieldShape;
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

/** Fields in a row, each about 144 by 33 m, with slanted ends; `driftM` is the spread of the receiver's drift in either direction. */
export function cutFields(count: number, driftM: number): CutField[] {
  return Array.from({ length: count }, (_, i) => cutField(i, randomOf('measure bench', i), driftM));
}

function cutField(i: number, random: Random, driftM: number): CutField {
  const [west, south] = [(i % 20) * 260, Math.floor(i / 20) * 90];
  const [length, height] = [random.between(85, 205), random.between(20, 46)];
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
  return { shape, fixes: received(wayOver({ west, south, length, height, slant }), random, driftM) };
}

interface Spot {
  at: Point;
  working: 0 | 1;
}

function wayOver({ west, south, length, height, slant }: Record<'west' | 'south' | 'length' | 'height' | 'slant', number>): Spot[] {
  const spots: Spot[] = [];
  const step = WORKING_M_PER_S * FIX_EVERY_S;
  const passes = Math.ceil((height - WIDTH_M) / SPACING_M) + 1;
  for (let pass = 0; pass < passes; pass++) {
    const up = Math.min(height - WIDTH_M / 2, WIDTH_M / 2 + pass * SPACING_M);
    const from = west + (slant * up) / height - 1;
    for (let along = 0; along <= length + 2; along += step) {
      spots.push({ at: [pass % 2 === 0 ? from + along : from + length + 2 - along, south + up], working: 1 });
    }
    const end = pass % 2 === 0 ? from + length + 2 + TURN_M : from - TURN_M;
    for (let turn = 0; turn < 3; turn++) spots.push({ at: [end, south + up + (turn * SPACING_M) / 2], working: 0 });
  }
  return spots;
}

function received(spots: readonly Spot[], random: Random, driftM: number): Fix[] {
  const fresh = driftM * Math.sqrt(1 - DRIFT_KEPT * DRIFT_KEPT);
  const jitterM = 0.1 * driftM;
  let [east, north] = [driftM * random.normal(), driftM * random.normal()];
  return spots.map(({ at: [x, y], working }, i) => {
    east = east * DRIFT_KEPT + fresh * random.normal();
    north = north * DRIFT_KEPT + fresh * random.normal();
    const [lng, lat] = plane.toLngLat([x + east + jitterM * random.normal(), y + north + jitterM * random.normal()]);
    const place = { lng: Math.round(lng * 1e7) / 1e7, lat: Math.round(lat * 1e7) / 1e7 };
    return { seq: i + 1, fixTime: 1_800_000_000_000 + i * 1000 * FIX_EVERY_S, ...place, ...UNSAID, working };
  });
}

const UNSAID = { speedKmh: null, headingDeg: null, accuracyM: null, widthM: WIDTH_M };
