import { MU_M2 } from '../../shared/units.ts';
import type { Point } from './plane.ts';
import { type Random, randomOf } from './random.ts';

/**
 * A block of parallel strips between two lanes, in metres: v runs from the lower lane (0) to the upper one (`depthM`), u along them.
 * Half-way up, its sides stand at u = 0 and u = `widthM`; below and above they lean apart from that. Neighbours share a divider and keep
 * a ridge of half a metre between them, so no two strips touch.
 */
export interface Block {
  widthM: number;
  lean: Lean;
  /** Drawn when asked for: most blocks that are laid out are not needed. */
  strips(): Strip[];
}

/** How far the top of a block's side stands to the right of its foot, m. */
export interface Lean {
  left: number;
  right: number;
}

export interface Strip {
  /** Closed, counter-clockwise. */
  ring: Point[];
  /** A pond or a grave, closed, clockwise. */
  hole: Point[] | undefined;
}

const RIDGE_M = 0.5;
const LEAST_WIDTH_M = 5;
/** Spread (sigma of the logarithm) of the areas between blocks and within a block; with the rows' depth they give 5 % 1.2, 95 % 19 mu. */
const BLOCK_SPREAD = 0.45;
const STRIP_SPREAD = 0.62;
const MEDIAN_MU = 6.6;
const MEDIAN_DEPTH_M = 140;
const END_PIECE_M = 45;
const HOLE_SHARE = 0.02;

/** Sides of blocks lean by up to this share of the depth; top and foot of a block differ by up to this share of its width. */
const MOST_LEAN = 0.5;
const MOST_FAN = 0.4;
/** How far from straight and parallel the dividers are, as shares of the narrower neighbour's width. */
const END_SHIFT = 0.32;
const BULGE = 0.2;
const MOST_BULGE_M = 6;
const SHORT_SHARE = 0.35;
/** Part of the wider strips that have a step at one corner. */
const STEP_SHARE = 0.4;
const LEAST_STEPPED_M = 18;

export interface Row {
  depthM: number;
  /** In how many straight pieces a divider is drawn. */
  pieces: number;
}

/** The u of a divider at evenly spaced v, from the lower lane (first) to the upper one (last). */
type Divider = readonly number[];

/** Depth of a row between two lanes. */
export const drawDepth = (random: Random): number => clamp(MEDIAN_DEPTH_M * Math.exp(0.3 * random.normal()), 45, 330);

export function drawBlock(random: Random, { depthM, pieces }: Row, leanLeft: number): Block {
  const blockMu = MEDIAN_MU * (depthM / MEDIAN_DEPTH_M) ** 1.2 * Math.exp(BLOCK_SPREAD * random.normal());
  const widths = Array.from({ length: 4 + random.whole(8) }, () => {
    const areaM2 = clamp(blockMu * Math.exp(STRIP_SPREAD * random.normal()), 0.6, 70) * MU_M2;
    return Math.max(LEAST_WIDTH_M, areaM2 / depthM);
  });
  const widthM = widths.reduce((sum, width) => sum + width, 0);
  const most = MOST_FAN * widthM;
  const lean = { left: leanLeft, right: clamp(random.between(-1, 1) * MOST_LEAN * depthM, leanLeft - most, leanLeft + most) };
  const own = random.whole(2 ** 32);
  return { widthM, lean, strips: () => drawStrips(randomOf(own), widths, { depthM, pieces }, lean) };
}

function drawStrips(random: Random, widths: readonly number[], { depthM, pieces }: Row, lean: Lean): Strip[] {
  const dividers = drawDividers(random, widths, pieces, lean);
  return widths.map((width, i) => drawStrip(random, dividers[i]!, dividers[i + 1]!, { depthM, width }));
}

function drawDividers(random: Random, widths: readonly number[], pieces: number, lean: Lean): Divider[] {
  const widthM = widths.reduce((sum, width) => sum + width, 0);
  const fan = (lean.right - lean.left) / 2;
  const dividers: Divider[] = [];
  let at = 0;
  for (let i = 0; i <= widths.length; i++) {
    const outer = i === 0 || i === widths.length;
    const room = outer ? 0 : Math.min(widths[i - 1]!, widths[i]!);
    const shift = (): number => random.between(-1, 1) * END_SHIFT * room;
    const bottom = -lean.left / 2 + at * (1 - fan / widthM) + shift();
    const top = lean.left / 2 + at * (1 + fan / widthM) + shift();
    const bulge = random.between(-1, 1) * Math.min(BULGE * room, MOST_BULGE_M);
    dividers.push(
      Array.from(
        { length: pieces + 1 },
        (_, node) => bottom + ((top - bottom) * node) / pieces + bulge * Math.sin((Math.PI * node) / pieces),
      ),
    );
    at += widths[i] ?? 0;
  }
  return dividers;
}

function drawStrip(random: Random, left: Divider, right: Divider, size: { depthM: number; width: number }): Strip {
  const { depthM, width } = size;
  // Most ends lie on the lane; some stop short of it, few are quite square, and at some a part belongs to other land.
  const short = (): number => (random.next() < SHORT_SHARE ? random.between(0.01, 0.09) * depthM : 0);
  const skew = (): number => random.next() * Math.min(width * 0.4, depthM * 0.1);
  const stepped = width > LEAST_STEPPED_M && random.next() < STEP_SHARE ? random.whole(4) : null;
  const step = (corner: number): number => (corner === stepped ? random.between(0.15, 0.4) * depthM : 0);
  const bottom = short();
  const top = depthM - short();
  const up = alongDivider(right, depthM, bottom + skew() + step(0), top - skew() - step(1), -RIDGE_M / 2);
  const down = alongDivider(left, depthM, bottom + skew() + step(2), top - skew() - step(3), RIDGE_M / 2).reverse();
  const ring = [...up, ...drawEnd(random, up.at(-1)!, down[0]!), ...down, ...drawEnd(random, down.at(-1)!, up[0]!), up[0]!];
  return { ring, hole: random.next() < HOLE_SHARE && width > 22 ? drawHole(random, left, right, depthM) : undefined };
}

/** The divider from v = `from` to v = `to`, both included, moved aside by `shift`. */
function alongDivider(divider: Divider, depthM: number, from: number, to: number, shift: number): Point[] {
  const pieces = divider.length - 1;
  const at = (v: number): Point => {
    const piece = Math.min(pieces - 1, Math.floor((v / depthM) * pieces));
    return [shift + divider[piece]! + (divider[piece + 1]! - divider[piece]!) * ((v / depthM) * pieces - piece), v];
  };
  const inner = divider.map((_, node) => (depthM * node) / pieces).filter(v => v > from + 1 && v < to - 1);
  return [from, ...inner, to].map(at);
}

/** The points of an end between its two corners: a step half-way where they differ much, else what lets it follow the bend of the lane. */
function drawEnd(random: Random, from: Point, to: Point): Point[] {
  if (Math.abs(from[1] - to[1]) < Math.abs(from[0] - to[0]) * 0.5 + 4) return pointsBetween(from, to);
  const u = from[0] + (to[0] - from[0]) * random.between(0.35, 0.65);
  const [before, after]: [Point, Point] = [
    [u, from[1]],
    [u, to[1]],
  ];
  return [...pointsBetween(from, before), before, after, ...pointsBetween(after, to)];
}

/** Wide ends get points of their own, so that they follow the bend of the lane. */
function pointsBetween(from: Point, to: Point): Point[] {
  const pieces = Math.max(1, Math.ceil(Math.abs(to[0] - from[0]) / END_PIECE_M));
  return Array.from({ length: pieces - 1 }, (_, i): Point => {
    const share = (i + 1) / pieces;
    return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  });
}

/** Half-way up the strip, small enough to stay clear of both sides. */
function drawHole(random: Random, left: Divider, right: Divider, depthM: number): Point[] {
  const node = (left.length - 1) >> 1;
  const v = (depthM * node) / (left.length - 1);
  const centre: Point = [(left[node]! + right[node]!) / 2, Math.max(v, depthM * 0.4)];
  const radius = Math.min(random.between(3, 9), (right[node]! - left[node]!) * 0.2);
  const corners = 6 + random.whole(3);
  const hole = Array.from({ length: corners }, (_, i): Point => {
    const turn = (-2 * Math.PI * i) / corners;
    const reach = radius * random.between(0.75, 1);
    return [centre[0] + reach * Math.cos(turn), centre[1] + reach * Math.sin(turn)];
  });
  return [...hole, hole[0]!];
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
