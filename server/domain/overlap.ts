import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Polygon } from '../../shared/registry.ts';
import { boxOf } from './field-shape.ts';

/** Places a side of the grid on which two fields are compared: finer than a twentieth of the smaller one, whatever its shape. */
const GRID = 20;

/** Whether two outlines have so much in common: the area of both over the area of the smaller box-cut, by a grid of places, 0..1. */
export function overlapOf(a: { polygon: Polygon; areaM2: number }, b: { polygon: Polygon; areaM2: number }): number {
  const [aw, as, ae, an] = boxOf(a.polygon);
  const [bw, bs, be, bn] = boxOf(b.polygon);
  const [west, south, east, north] = [Math.max(aw, bw), Math.max(as, bs), Math.min(ae, be), Math.min(an, bn)];
  if (west >= east || south >= north) return 0;
  const small = a.areaM2 <= b.areaM2 ? a : b;
  const large = small === a ? b : a;
  const [sw, ss, se, sn] = small === a ? [aw, as, ae, an] : [bw, bs, be, bn];
  // The grid lies over the smaller field's own box, so that its share does not depend on how little of the boxes is common.
  let inSmall = 0;
  let inBoth = 0;
  for (let i = 0; i < GRID; i++) {
    for (let j = 0; j < GRID; j++) {
      const place = [sw + ((i + 0.5) * (se - sw)) / GRID, ss + ((j + 0.5) * (sn - ss)) / GRID];
      if (!booleanPointInPolygon(place, small.polygon)) continue;
      inSmall++;
      const inCommonBox = place[0] >= west && place[0] <= east && place[1] >= south && place[1] <= north;
      if (inCommonBox && booleanPointInPolygon(place, large.polygon)) inBoth++;
    }
  }
  return inSmall === 0 ? 0 : inBoth / inSmall;
}
