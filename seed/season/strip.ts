import type { Point } from './plane.ts';
import type { Random } from './random.ts';

/** One field before it has an id: rings on the ground, in metres. */
export interface Strip {
  /** Closed, counter-clockwise. */
  ring: Point[];
  /** A pond or a grave, closed, clockwise. */
  hole: Point[] | undefined;
}

/** The u of a divider at evenly spaced v, from the lower lane (first) to the upper one (last). */
export type Divider = readonly number[];

/** Where a point of the block's straight sheet lies. */
export type ToGround = (sheet: Point) => Point;

const RIDGE_M = 0.5;
const END_PIECE_M = 45;
const SHORT_SHARE = 0.35;
/** Part of the wider strips that have a step at one corner. */
const STEP_SHARE = 0.4;
const LEAST_STEPPED_M = 18;
const HOLE_SHARE = 0.03;
const LEAST_HOLED_M = 22;

/** Draws the strip between two dividers. Both neighbours of a divider follow the same polyline on the ground, a ridge apart. */
export function drawStrip(random: Random, sides: { left: Divider; right: Divider }, depthM: number, toGround: ToGround): Strip {
  const { left, right } = sides;
  const widthM = uAt(right, 0.5) - uAt(left, 0.5);
  // Most ends lie on the lane; some stop short of it, few are quite square, and at some a part belongs to other land.
  const short = (): number => (random.next() < SHORT_SHARE ? random.between(0.01, 0.09) : 0);
  const skew = (): number => random.next() * Math.min((widthM * 0.4) / depthM, 0.1);
  const stepped = widthM > LEAST_STEPPED_M && random.next() < STEP_SHARE ? random.whole(4) : null;
  const step = (corner: number): number => (corner === stepped ? random.between(0.15, 0.4) : 0);
  const bottom = short();
  const top = 1 - short();
  const up = { from: bottom + skew() + step(0), to: top - skew() - step(1) };
  const down = { from: bottom + skew() + step(2), to: top - skew() - step(3) };
  const end = (from: Corner, to: Corner): Point[] => {
    return endBetween(random, from, to, { widthM, depthM }).map(({ across, share }) => {
      return toGround([uAt(left, share) + across * (uAt(right, share) - uAt(left, share)), share * depthM]);
    });
  };
  const ring = [
    ...alongDivider(right, up, depthM, -RIDGE_M / 2, toGround),
    ...end({ across: 1, share: up.to }, { across: 0, share: down.to }),
    ...alongDivider(left, down, depthM, RIDGE_M / 2, toGround).reverse(),
    ...end({ across: 0, share: down.from }, { across: 1, share: up.from }),
  ];
  const holed = stepped === null && widthM > LEAST_HOLED_M && random.next() < HOLE_SHARE;
  return { ring: [...ring, ring[0]!], hole: holed ? drawHole(random, sides, depthM).map(toGround) : undefined };
}

/** u of a divider at a share of the depth. */
function uAt(divider: Divider, share: number): number {
  const pieces = divider.length - 1;
  const piece = Math.min(pieces - 1, Math.floor(share * pieces));
  return divider[piece]! + (divider[piece + 1]! - divider[piece]!) * (share * pieces - piece);
}

/** A divider's polyline on the ground between two shares of the depth, its foot moved aside by `shift`. */
function alongDivider(divider: Divider, part: { from: number; to: number }, depthM: number, shift: number, toGround: ToGround): Point[] {
  const pieces = divider.length - 1;
  const nodes = divider.map((u, node) => toGround([u + shift, (depthM * node) / pieces]));
  const at = (share: number): Point => {
    const piece = Math.min(pieces - 1, Math.floor(share * pieces));
    const [from, to] = [nodes[piece]!, nodes[piece + 1]!];
    const along = share * pieces - piece;
    return [from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along];
  };
  const inner = nodes.filter((_, node) => node / pieces > part.from + 0.01 && node / pieces < part.to - 0.01);
  return [at(part.from), ...inner, at(part.to)];
}

/** A place in the strip: 0 at its left side to 1 at its right, and the share of the depth. */
interface Corner {
  across: number;
  share: number;
}

/** The points of an end between its two corners: a step half-way where they differ much, else what lets it follow the bend of the lane. */
function endBetween(random: Random, from: Corner, to: Corner, size: { widthM: number; depthM: number }): Corner[] {
  const pieces = Math.max(1, Math.ceil(size.widthM / END_PIECE_M));
  if (Math.abs(from.share - to.share) * size.depthM < size.widthM * 0.5 + 4) return cornersBetween(from, to, pieces);
  const across = random.between(0.35, 0.65);
  const [before, after] = [
    { across, share: from.share },
    { across, share: to.share },
  ];
  return [...cornersBetween(from, before, pieces), before, after, ...cornersBetween(after, to, pieces)];
}

const cornersBetween = (from: Corner, to: Corner, pieces: number): Corner[] =>
  Array.from({ length: pieces - 1 }, (_, i) => {
    const part = (i + 1) / pieces;
    return { across: from.across + (to.across - from.across) * part, share: from.share + (to.share - from.share) * part };
  });

/** About half-way up the strip, small enough to stay clear of both sides. */
function drawHole(random: Random, { left, right }: { left: Divider; right: Divider }, depthM: number): Point[] {
  const share = random.between(0.4, 0.6);
  const [west, east] = [uAt(left, share), uAt(right, share)];
  const radius = Math.min(random.between(3, 9), (east - west) * 0.2);
  const corners = 6 + random.whole(3);
  const hole = Array.from({ length: corners }, (_, i): Point => {
    const turn = (-2 * Math.PI * i) / corners;
    const reach = radius * random.between(0.75, 1);
    return [(west + east) / 2 + reach * Math.cos(turn), share * depthM + reach * Math.sin(turn)];
  });
  return [...hole, hole[0]!];
}
