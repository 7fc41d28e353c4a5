import type { LngLat, Polygon } from '../../shared/registry.ts';
import { boxOf } from './field-shape.ts';
import { frameAt } from './local-frame.ts';
import { areaM2Of, polygonProblems } from './polygon-check.ts';

/** A line that ends on the boundary, or this near to it, is drawn on through it. */
const NEAR_M = 1;
const REACH_M = 3;
/** Where a line crosses this near to a corner it goes through the corner. */
const CORNER_M = 0.05;
/** 0.1 mu: less is a slip of the hand, and no field. */
const LEAST_M2 = 200 / 3;

export type SplitProblem = 'missed' | 'unfinished' | 'several' | 'sliver' | 'tangled';

type Place = readonly [x: number, y: number];
/** A corner in metres, with its own degrees: what was surveyed stays as it is. */
interface Corner {
  at: Place;
  lngLat: LngLat;
}
interface Crossing extends Corner {
  /** Along the line: its segment, and the share of it. */
  along: number;
  ring: number;
  /** Along the ring, from its first corner. */
  on: number;
}

/** A field cut in two by a line, the larger first; every part of it is in exactly one of them. Or why it cannot be. */
export function splitGround(field: Polygon, line: readonly LngLat[]): [Polygon, Polygon] | SplitProblem {
  const [west, south] = boxOf(field);
  const { metresPerLng, metresPerLat } = frameAt(west, south);
  const corner = (lngLat: LngLat): Corner => ({ at: [(lngLat[0] - west) * metresPerLng, (lngLat[1] - south) * metresPerLat], lngLat });
  const toLngLat = ([x, y]: Place): LngLat => [west + x / metresPerLng, south + y / metresPerLat];
  const rings = field.coordinates.map((ring, i) => turned(distinct(ring.slice(0, -1).map(corner)), i === 0));
  const way = reaching(
    line.map(place => corner(place).at),
    rings,
  ).map((at): Corner => ({ at, lngLat: toLngLat(at) }));
  if ([way[0], way.at(-1)!].some(({ at }) => covers(rings, at))) return 'unfinished';
  const crossings = crossingsOf(way, rings, toLngLat);
  if (crossings.length === 0) return 'missed';
  if (crossings.length % 2 === 1) return 'tangled';
  const outlines = walked(rings, way, crossings);
  const pieces = outlines.filter(outline => doubleArea(outline) > 0);
  if (pieces.length !== 2) return 'several';
  const holes = [
    ...outlines.filter(outline => doubleArea(outline) < 0),
    ...rings.filter((_, i) => !crossings.some(({ ring }) => ring === i)),
  ];
  const polygons = pieces.map(piece => {
    const own = holes.filter(hole => covers([piece], hole[0].at));
    return { type: 'Polygon' as const, coordinates: [piece, ...own].map(closed) };
  });
  return judged(field, polygons);
}

function judged(field: Polygon, pieces: readonly Polygon[]): [Polygon, Polygon] | SplitProblem {
  if (pieces.some(piece => polygonProblems(piece).length > 0)) return 'tangled';
  const [one, other] = [...pieces].sort((a, b) => areaM2Of(b) - areaM2Of(a));
  if (areaM2Of(other) < LEAST_M2) return 'sliver';
  // A line that crosses itself makes more or less of the ground than there is.
  const whole = areaM2Of(field);
  return Math.abs(areaM2Of(one) + areaM2Of(other) - whole) > whole * 1e-5 ? 'tangled' : [one, other];
}

const closed = (ring: readonly Corner[]): LngLat[] => [...ring, ring[0]].map(({ lngLat }) => lngLat);

/** Without corners that are given twice. */
const distinct = (ring: readonly Corner[]): Corner[] => ring.filter((one, i) => away(one.at, ring[(i + 1) % ring.length].at) > 1e-6);

const away = ([ax, ay]: Place, [bx, by]: Place): number => Math.hypot(bx - ax, by - ay);

function doubleArea(ring: readonly Corner[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i].at, ring[(i + 1) % ring.length].at];
    sum += ax * by - bx * ay;
  }
  return sum;
}

/** The ground always lies to the left: the outline goes against the clock, holes with it. */
const turned = (ring: Corner[], isOutline: boolean): Corner[] => (doubleArea(ring) > 0 === isOutline ? ring : [...ring].reverse());

/** Even–odd over all rings. */
function covers(rings: readonly (readonly Corner[])[], [x, y]: Place): boolean {
  let inside = false;
  for (const ring of rings)
    for (let i = 0; i < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i].at, ring[(i + 1) % ring.length].at];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
  return inside;
}

/** The line with its ends drawn on where they stop at the boundary. */
function reaching(line: readonly Place[], rings: readonly (readonly Corner[])[]): Place[] {
  const onward = (from: Place, end: Place): Place => {
    if (!isNear(rings, end)) return end;
    const share = REACH_M / Math.max(away(from, end), 1e-6);
    return [end[0] + (end[0] - from[0]) * share, end[1] + (end[1] - from[1]) * share];
  };
  return [onward(line[1], line[0]), ...line.slice(1, -1), onward(line.at(-2)!, line.at(-1)!)];
}

const isNear = (rings: readonly (readonly Corner[])[], place: Place): boolean =>
  rings.some(ring => ring.some((corner, i) => toEdgeM(place, corner.at, ring[(i + 1) % ring.length].at) <= NEAR_M));

function toEdgeM([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number {
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length2 > 0 ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2)) : 0;
  return Math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y);
}

/** Which side of a–b the place is on: positive left. */
const side = ([ax, ay]: Place, [bx, by]: Place, [x, y]: Place): number => (bx - ax) * (y - ay) - (by - ay) * (x - ax);

/** In the order of the line. Where it only touches a corner it does not cross. */
function crossingsOf(way: readonly Corner[], rings: readonly (readonly Corner[])[], toLngLat: (at: Place) => LngLat): Crossing[] {
  const found: Crossing[] = [];
  for (let k = 0; k + 1 < way.length; k++) {
    const [p, q] = [way[k].at, way[k + 1].at];
    rings.forEach((ring, number) => {
      ring.forEach((from, i) => {
        const to = ring[(i + 1) % ring.length];
        const [left, right] = [side(p, q, from.at), side(p, q, to.at)];
        if (left >= 0 === right >= 0) return;
        const share = left / (left - right);
        const at: Place = [from.at[0] + share * (to.at[0] - from.at[0]), from.at[1] + share * (to.at[1] - from.at[1])];
        const length2 = (q[0] - p[0]) ** 2 + (q[1] - p[1]) ** 2;
        const t = ((at[0] - p[0]) * (q[0] - p[0]) + (at[1] - p[1]) * (q[1] - p[1])) / length2;
        if (t < 0 || t >= 1) return;
        const near = away(at, from.at) <= CORNER_M ? from : away(at, to.at) <= CORNER_M ? to : { at, lngLat: toLngLat(at) };
        found.push({ ...near, along: k + t, ring: number, on: i + share });
      });
    });
  }
  found.sort((a, b) => a.along - b.along);
  return found.filter((one, i) => !isTouch(one, found[i + 1]) && !isTouch(found[i - 1], one));
}

const isTouch = (one: Crossing | undefined, next: Crossing | undefined): boolean =>
  one !== undefined && next !== undefined && one.ring === next.ring && away(one.at, next.at) < 1e-6;

/** Along the boundary to where the line goes in, along the line to where it comes out, and on, until each stretch has been walked. */
function walked(rings: readonly (readonly Corner[])[], way: readonly Corner[], crossings: readonly Crossing[]): Corner[][] {
  const left = new Set(crossings);
  const outlines: Corner[][] = [];
  for (const start of crossings) {
    const outline: Corner[] = [];
    for (let here = start; left.delete(here); ) {
      const ring = rings[here.ring];
      const next = nextOn(here, crossings);
      const first = Math.floor(here.on) + 1;
      const last = Math.floor(next.on) + (next.on > here.on ? 0 : ring.length);
      outline.push(here);
      for (let i = first; i <= last; i++) outline.push(ring[i % ring.length]);
      const at = crossings.indexOf(next);
      const other = crossings[at % 2 === 0 ? at + 1 : at - 1];
      outline.push(next, ...between(way, next.along, other.along));
      here = other;
    }
    if (outline.length > 0) outlines.push(distinct(outline));
  }
  return outlines;
}

/** The next crossing on the same ring, in its direction; it may be the same. */
function nextOn(here: Crossing, crossings: readonly Crossing[]): Crossing {
  const own = crossings.filter(({ ring }) => ring === here.ring).sort((a, b) => a.on - b.on);
  return own[(own.indexOf(here) + 1) % own.length];
}

/** The line's own corners from one place on it to another. */
function between(way: readonly Corner[], from: number, to: number): Corner[] {
  if (from > to) return between(way, to, from).reverse();
  return way.filter((_, i) => i > from && i < to);
}
