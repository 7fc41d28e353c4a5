import type { LngLat } from '../../shared/registry.ts';
import { fromGcj, toGcj } from './gcj.ts';
import { metresBetween } from './local-frame.ts';

/** A field or worked ground; `id` null: it has none. */
export interface Known {
  id: string | null;
  centre: LngLat;
  areaM2: number;
}
export interface Shift {
  /** What the file seems to be and was not read as. */
  towards: 'gcj02' | 'wgs84';
  matched: number;
  of: number;
}

/** Two drawings of one field have their middles so near; the offset of the maps is ten times as much. */
const SAME_PLACE_M = 50;
const AREA_RATIO = { from: 0.7, to: 1.4 };
/** Fewer could be chance, but when they are all that there is to compare. */
const FEWEST = 3;

/**
 * Whether fields of a file lie where known ground is only after they are moved by the offset of Chinese maps, some 570 m in Zhengzhou.
 * `groundAt` gives what is known at a place.
 */
export function shiftOf(fields: readonly Known[], groundAt: (place: LngLat) => readonly Known[]): Shift | null {
  const isKnown = (field: Known, place: LngLat) => groundAt(place).some(known => isSame({ ...field, centre: place }, known));
  const counts = { asTheyAre: 0, gcj02: 0, wgs84: 0 };
  for (const field of fields) {
    if (isKnown(field, field.centre)) counts.asTheyAre++;
    else if (isKnown(field, fromGcj(field.centre))) counts.gcj02++;
    else if (isKnown(field, toGcj(field.centre))) counts.wgs84++;
  }
  const towards = counts.gcj02 >= counts.wgs84 ? 'gcj02' : 'wgs84';
  const matched = counts[towards];
  const isEnough = matched >= Math.min(FEWEST, fields.length) && matched > 0;
  return isEnough && matched > 2 * counts.asTheyAre ? { towards, matched, of: fields.length } : null;
}

function isSame(a: Known, b: Known): boolean {
  const ratio = a.areaM2 / b.areaM2;
  return ratio >= AREA_RATIO.from && ratio <= AREA_RATIO.to && metresBetween(...a.centre, ...b.centre) <= SAME_PLACE_M;
}
