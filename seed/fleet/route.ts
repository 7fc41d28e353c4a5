import { distance, type Point } from '../season/plane.ts';
import { type Lay, layOf } from './lay.ts';
import { insetRing, type Ring, spansAt } from './ring.ts';
import { type Pose, turnBetween } from './turn.ts';

/** One stretch of a machine's way through a field, header or drill down or up all along. */
export interface Run {
  points: Point[];
  working: boolean;
}

export interface RouteStyle {
  widthM: number;
  turnRadiusM: number;
  /** Rounds along the boundary that open the field, or close it. */
  headlandLaps: number;
  lapsLast: boolean;
  /** The half of a field that two machines share; null for the whole. */
  half: 0 | 1 | null;
}

/** Neighbouring swaths overlap by this share of the width. */
const OVERLAP = 0.07;
/** The outermost swath reaches over the boundary by this share of the width, as one cuts up to the ridge. */
const OVER_EDGE = 0.08;
/** Beyond this angle a machine cannot follow a corner: it lifts, backs and starts anew. */
const SHARP = 0.6;
const STEP_M = 14;

/**
 * The whole way through a field, from the corner nearest to `from`: passes in the long direction, header up in the turns, laps along the
 * boundary first or last. Every point of the field lies under a working run.
 */
export function routeThrough(rings: readonly Ring[], style: RouteStyle, from: Point): Run[] {
  const [outer, ...holes] = rings;
  const spacing = style.widthM * (1 - OVERLAP);
  const inner =
    style.half === null && style.headlandLaps > 0 ? insetRing(outer, style.headlandLaps * spacing - OVER_EDGE * style.widthM) : undefined;
  const laps = inner
    ? Array.from({ length: style.headlandLaps }, (_, lap) =>
        lapAlong(insetRing(outer, style.widthM * (0.5 - OVER_EDGE) + lap * spacing)!, style.widthM, from),
      )
    : [];
  const start = laps.length > 0 && !style.lapsLast ? laps.at(-1)!.at(-1)!.points.at(-1)! : from;
  const passes = passesOver([inner ?? outer, ...holes], layOf(outer), style, start);
  if (passes.length === 0) return joined(laps.flat(), style);
  return joined(style.lapsLast ? [...passes, ...laps.reverse().flat()] : [...laps.flat(), ...passes], style);
}

/** Once round. At a sharp corner the run goes on to the boundary, so that no corner is left standing, and the next starts there. */
function lapAlong(ring: Ring, widthM: number, start: Point): Run[] {
  const angleAt = (i: number): number => {
    const [before, corner, after] = [ring[(i + ring.length - 1) % ring.length], ring[i], ring[(i + 1) % ring.length]];
    const turn = headingOf(corner, after) - headingOf(before, corner);
    return Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)));
  };
  const sharp = ring.map((_, i) => i).filter(i => angleAt(i) > SHARP);
  const first = sharp.reduce((best, i) => (distance(ring[i], start) < distance(ring[best], start) ? i : best), sharp[0] ?? 0);
  const runs: Run[] = [];
  let points: Point[] = [ring[first]];
  for (let step = 1; step <= ring.length; step++) {
    const i = (first + step) % ring.length;
    points.push(ring[i]);
    if (angleAt(i) <= SHARP && step < ring.length) continue;
    runs.push({ points: lengthened(points, widthM / 2), working: true });
    points = [ring[i]];
  }
  return runs;
}

const headingOf = (from: Point, to: Point): number => Math.atan2(to[1] - from[1], to[0] - from[0]);

const beyond = (from: Point, to: Point, by: number): Point => {
  const length = distance(from, to);
  return [to[0] + ((to[0] - from[0]) / length) * by, to[1] + ((to[1] - from[1]) / length) * by];
};

const lengthened = (points: readonly Point[], by: number): Point[] => [
  beyond(points[1], points[0], by),
  ...points.slice(1, -1),
  beyond(points.at(-2)!, points.at(-1)!, by),
];

function passesOver(rings: readonly Ring[], lay: Lay, style: RouteStyle, start: Point): Run[] {
  const laid = rings.map(ring => ring.map(corner => lay.toLay(corner)));
  const ys = laid[0].map(([, y]) => y);
  let [low, high] = [Math.min(...ys), Math.max(...ys)];
  const middle = (low + high) / 2;
  if (style.half === 0) high = middle + style.widthM / 4;
  if (style.half === 1) low = middle - style.widthM / 4;
  const lines = linesBetween(low, high, style.widthM);
  const [startX, startY] = lay.toLay(start);
  if (Math.abs(startY - high) < Math.abs(startY - low)) lines.reverse();
  const xs = laid[0].map(([x]) => x);
  let eastward = startX < (Math.min(...xs) + Math.max(...xs)) / 2;
  const skip = Math.max(1, Math.ceil((2 * style.turnRadiusM) / style.widthM));
  const runs: Run[] = [];
  for (const y of inTurnableOrder(lines, skip)) {
    const spans = spansOfSwath(laid, y, style.widthM);
    if (spans.length === 0) continue;
    if (!eastward) spans.reverse();
    for (const [west, east] of spans) runs.push({ points: passPoints(lay, y, eastward ? [west, east] : [east, west]), working: true });
    eastward = !eastward;
  }
  return runs;
}

/** Evenly spaced, the outermost along the edges. */
function linesBetween(low: number, high: number, widthM: number): number[] {
  const breadth = high - low;
  if (breadth <= widthM) return [(low + high) / 2];
  const first = widthM * (0.5 - OVER_EDGE);
  const count = 1 + Math.ceil((breadth - 2 * first) / (widthM * (1 - OVERLAP)));
  return Array.from({ length: count }, (_, i) => low + first + ((breadth - 2 * first) * i) / (count - 1));
}

/** Leaves `skip` lines between one pass and the next where it can, so that a plain half circle leads over: 0, 3, 1, 4, 2, 5 for 3. */
function inTurnableOrder(lines: readonly number[], skip: number): number[] {
  const order: number[] = [];
  for (let from = 0; from < lines.length; from += 2 * skip) {
    const block = lines.slice(from, from + 2 * skip);
    const half = Math.ceil(block.length / 2);
    for (let i = 0; i < half; i++) order.push(...[block[i], block[i + half]].filter(y => y !== undefined));
  }
  return order;
}

/** Along the line, every stretch where any part of the swath lies in the field. */
function spansOfSwath(rings: readonly Ring[], y: number, widthM: number): [number, number][] {
  const shares = [-0.499, -0.33, -0.16, 0, 0.16, 0.33, 0.499];
  const all = shares.flatMap(share => spansAt(rings, y + share * widthM)).sort((a, b) => a[0] - b[0]);
  const spans: [number, number][] = [];
  for (const [west, east] of all) {
    const last = spans.at(-1);
    if (last && west <= last[1] + 1) last[1] = Math.max(last[1], east);
    else spans.push([west, east]);
  }
  return spans.filter(([west, east]) => east - west > 0.4);
}

function passPoints(lay: Lay, y: number, [from, to]: [number, number]): Point[] {
  const pieces = Math.max(1, Math.ceil(Math.abs(to - from) / STEP_M));
  return Array.from({ length: pieces + 1 }, (_, i) => lay.toGround([from + ((to - from) * i) / pieces, y]));
}

const poseAt = (points: readonly Point[], end: 'first' | 'last'): Pose =>
  end === 'first'
    ? { point: points[0], angle: headingOf(points[0], points[1]) }
    : { point: points.at(-1)!, angle: headingOf(points.at(-2)!, points.at(-1)!) };

/** Puts a turn between each run and the next; at the corner of a lap the machine backs into the new direction instead. */
function joined(runs: readonly Run[], style: RouteStyle): Run[] {
  return runs.flatMap((run, i) => {
    if (i === 0) return [run];
    const from = poseAt(runs[i - 1].points, 'last');
    const to = poseAt(run.points, 'first');
    const backs = distance(from.point, to.point) < 1.2 * style.widthM && Math.cos(to.angle - from.angle) > -0.5;
    const points = backs ? [from.point, to.point] : turnBetween(from, to, style.turnRadiusM);
    return points.length > 1 ? [{ points, working: false }, run] : [run];
  });
}
