import type { Fix } from '../../shared/fix.ts';
import type { LngLat, Polygon } from '../../shared/registry.ts';
import type { FieldShape } from './field-index.ts';
import { frameAt } from './local-frame.ts';
import { areaM2Of } from './polygon-check.ts';
import type { Swath } from './swath.ts';

/** Test ground near Zhengzhou: places in metres east and north of 113.6 E 34.7 N. */
const frame = frameAt(113.6, 34.7);
const toStored = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
export const at = (eastM: number, northM: number): LngLat => [
  toStored(frame.lng0 + eastM / frame.metresPerLng),
  toStored(frame.lat0 + northM / frame.metresPerLat),
];

export type Corner = [eastM: number, northM: number];
export const ring = (...corners: Corner[]): LngLat[] => [...corners, corners[0]].map(([east, north]) => at(east, north));
export const polygon = (...corners: Corner[]): Polygon => ({ type: 'Polygon', coordinates: [ring(...corners)] });
export const rectangle = (west: number, south: number, east: number, north: number): Polygon =>
  polygon([west, south], [east, south], [east, north], [west, north]);
export const field = (id: string, shape: Polygon): FieldShape => ({ id, polygon: shape, areaM2: areaM2Of(shape) });

/** 5 June 2027, 08:00 in Zhengzhou. */
export const MORNING = Date.parse('2027-06-05T08:00:00+08:00');

export function fixAt(seq: number, [eastM, northM]: Corner, other: Partial<Fix> = {}): Fix {
  const [lng, lat] = at(eastM, northM);
  const time = MORNING + seq * 2000;
  return { seq, fixTime: time, lng, lat, speedKmh: null, headingDeg: null, accuracyM: null, widthM: null, working: null, ...other };
}

export function swathFrom([ax, ay]: Corner, [bx, by]: Corner, other: Partial<Swath> = {}): Swath {
  const [aLng, aLat] = at(ax, ay);
  const [bLng, bLat] = at(bx, by);
  const seqA = other.seqA ?? 1;
  const own = { machine: 'combine-1', outbox: 'outbox-1', outboxSince: MORNING, seqA, seqB: seqA + 1, widthM: 2.5, estimated: false };
  const times = { timeA: MORNING + seqA * 2000, timeB: MORNING + (seqA + 1) * 2000 };
  return { ...own, ...times, ax: aLng, ay: aLat, bx: bLng, by: bLat, ...other };
}

/** Seeded numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

/** Positions of a machine that works a rectangle in parallel passes along the east, `stepM` from fix to fix. */
export function passes(box: { west: number; south: number; east: number; north: number }, widthM: number, stepM: number): Corner[] {
  const path: Corner[] = [];
  let eastward = true;
  for (let north = box.south + widthM / 2; north < box.north; north += widthM) {
    const length = box.east - box.west;
    for (let along = 0; along < length; along += stepM) path.push([eastward ? box.west + along : box.east - along, north]);
    path.push([eastward ? box.east : box.west, north]);
    eastward = !eastward;
  }
  return path;
}
