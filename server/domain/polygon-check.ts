import { area } from '@turf/area';
import type { LngLat, Polygon } from '../../shared/registry.ts';
import { MOST_CORNERS } from './field-limits.ts';

/** 20,000 mu: the whole cropland of several villages; a larger outline is a mistake. */
export const LARGEST_FIELD_M2 = (20_000 * 2000) / 3;

/** By geodesy, square metres. */
export const areaM2Of = (polygon: Polygon): number => area(polygon);

const place = ([lng, lat]: LngLat): string => `${lng.toFixed(6)}, ${lat.toFixed(6)}`;
const nameOf = (ring: number): string => (ring === 0 ? 'outline' : `hole ${ring}`);

/** What is wrong with a field's polygon, each with its place; empty when it can be used. */
export function polygonProblems(polygon: Polygon): string[] {
  const rings = polygon.coordinates;
  const problems = rings.flatMap((ring, i) => ringProblems(ring, nameOf(i)));
  const corners = rings.reduce((sum, ring) => sum + ring.length, 0);
  if (corners > MOST_CORNERS) problems.push(`${corners} corners, at most ${MOST_CORNERS}`);
  if (rings.length === 0) problems.push('no outline');
  if (problems.length > 0) return problems;
  problems.push(...crossings(rings));
  for (let i = 1; i < rings.length; i++) {
    const outside = rings[i].find(point => !inRing(point, rings[0]));
    if (outside) problems.push(`hole 1 lies outside of the outline at ${place(outside)}`.replace('hole 1', nameOf(i)));
    for (let j = 1; j < rings.length; j++) {
      if (i !== j && inRing(rings[i][0], rings[j])) problems.push(`${nameOf(i)} lies in ${nameOf(j)} at ${place(rings[i][0])}`);
    }
  }
  if (problems.length > 0) return problems;
  const areaM2 = areaM2Of(polygon);
  if (!(areaM2 > 0)) problems.push('its area is 0');
  if (areaM2 > LARGEST_FIELD_M2) problems.push(`its area is ${Math.round(areaM2)} m², at most ${Math.round(LARGEST_FIELD_M2)} m²`);
  return problems;
}

function ringProblems(ring: readonly LngLat[], name: string): string[] {
  const wrong = ring.find(([lng, lat]) => !(Math.abs(lng) <= 180 && Math.abs(lat) <= 90));
  if (wrong) return [`${name}: ${wrong.join(', ')} is no place in degrees, longitude first`];
  if (ring.length < 4) return [`${name}: ${ring.length} points, at least 4 with the first repeated at the end`];
  const start = ring[0];
  const last = ring[ring.length - 1];
  if (start[0] !== last[0] || start[1] !== last[1]) return [`${name}: not closed, it starts at ${place(start)} and ends at ${place(last)}`];
  return [];
}

/** Which side of a–b the point c is on: positive left, negative right, 0 on the line. */
const side = (a: LngLat, b: LngLat, c: LngLat): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

const inBoxOf = (a: LngLat, b: LngLat, c: LngLat): boolean =>
  c[0] >= Math.min(a[0], b[0]) && c[0] <= Math.max(a[0], b[0]) && c[1] >= Math.min(a[1], b[1]) && c[1] <= Math.max(a[1], b[1]);

/** Crossing or touching. */
function meet(a: LngLat, b: LngLat, c: LngLat, d: LngLat): boolean {
  const abc = Math.sign(side(a, b, c));
  const abd = Math.sign(side(a, b, d));
  const cda = Math.sign(side(c, d, a));
  const cdb = Math.sign(side(c, d, b));
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (
    (abc === 0 && inBoxOf(a, b, c)) || (abd === 0 && inBoxOf(a, b, d)) || (cda === 0 && inBoxOf(c, d, a)) || (cdb === 0 && inBoxOf(c, d, b))
  );
}

interface Edge {
  a: LngLat;
  b: LngLat;
  ring: number;
  /** Number of the edge in its ring, and how many the ring has. */
  at: number;
  of: number;
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Edges without those of no length: a point given twice is harmless. */
function edgesOf(ring: readonly LngLat[], number: number): Edge[] {
  const points = ring.filter((point, i) => i === 0 || point[0] !== ring[i - 1][0] || point[1] !== ring[i - 1][1]);
  return points.slice(1).map((b, at) => {
    const a = points[at];
    const [west, east] = a[0] < b[0] ? [a[0], b[0]] : [b[0], a[0]];
    const [south, north] = a[1] < b[1] ? [a[1], b[1]] : [b[1], a[1]];
    return { a, b, ring: number, at, of: points.length - 1, west, south, east, north };
  });
}

/** Two edges that share a corner may only share that corner: not fold back onto each other. */
function foldsBack(first: Edge, second: Edge): boolean {
  const back = (second.b[0] - second.a[0]) * (first.b[0] - first.a[0]) + (second.b[1] - second.a[1]) * (first.b[1] - first.a[1]) < 0;
  return side(first.a, first.b, second.b) === 0 && back;
}

const comesFirst = (e: Edge, f: Edge): boolean => e.ring < f.ring || (e.ring === f.ring && e.at < f.at);

/** At most one problem per pair of rings: one crossing is enough to know, and a tangle has hundreds. */
function crossings(rings: readonly (readonly LngLat[])[]): string[] {
  // From west to east: an edge is compared with those alone that begin before it ends.
  const edges = rings.flatMap(edgesOf).sort((a, b) => a.west - b.west);
  const found = new Map<string, string>();
  for (let i = 0; i < edges.length; i++) {
    for (let j = i + 1; j < edges.length && edges[j].west <= edges[i].east; j++) {
      if (edges[i].north < edges[j].south || edges[j].north < edges[i].south) continue;
      const [e, f] = comesFirst(edges[i], edges[j]) ? [edges[i], edges[j]] : [edges[j], edges[i]];
      const sameRing = e.ring === f.ring;
      const follows = sameRing && f.at === e.at + 1;
      const closes = sameRing && e.at === 0 && f.at === f.of - 1;
      const wrong = follows && f.of > 2 ? foldsBack(e, f) : closes && f.of > 2 ? foldsBack(f, e) : meet(e.a, e.b, f.a, f.b);
      if (!wrong) continue;
      const what = sameRing ? `${nameOf(e.ring)} crosses or touches itself` : `${nameOf(f.ring)} meets ${nameOf(e.ring)}`;
      const at = follows || closes ? (follows ? f.a : e.a) : meetingPlace(e, f);
      if (!found.has(what)) found.set(what, `${what} near ${place(at)}`);
    }
  }
  return [...found.values()];
}

function meetingPlace({ a, b }: Edge, { a: c, b: d }: Edge): LngLat {
  const fromC = side(a, b, c);
  const fromD = side(a, b, d);
  const share = fromC === fromD ? 0 : fromC / (fromC - fromD);
  return [c[0] + share * (d[0] - c[0]), c[1] + share * (d[1] - c[1])];
}

/** Even–odd; a point on the edge counts as either. */
function inRing([lng, lat]: LngLat, ring: readonly LngLat[]): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1];
    const [bx, by] = ring[i];
    if (ay > lat !== by > lat && lng < ax + ((lat - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}
