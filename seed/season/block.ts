import { MU_M2 } from '../../shared/units.ts';
import type { Point } from './plane.ts';
import type { Random } from './random.ts';

/**
 * A block of parallel strips between two lanes, in metres: u runs along the lanes from 0 to `widthM`, v from 0 to the row's depth.
 * Neighbours share a divider and keep a ridge of half a metre between them, so no two strips touch.
 */
export interface Block {
  widthM: number;
  strips: Strip[];
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
const STRIP_SPREAD = 0.6;
const MEDIAN_MU = 6.1;
const MEDIAN_DEPTH_M = 145;
const END_PIECE_M = 45;
const HOLE_SHARE = 0.02;

/** How far from straight the strips are drawn, as shares of the narrower neighbour's width: ends of dividers, their bends. */
const END_SHIFT = 0.24;
const BEND = 0.1;

/** The u of a divider at evenly spaced v, from the lower lane (first) to the upper one (last). */
type Divider = readonly number[];

/** Depth of a row between two lanes. */
export const drawDepth = (random: Random): number => clamp(MEDIAN_DEPTH_M * Math.exp(0.3 * random.normal()), 45, 330);

export function drawBlock(random: Random, depthM: number, pieces: number): Block {
  const blockMu = MEDIAN_MU * (depthM / MEDIAN_DEPTH_M) ** 1.2 * Math.exp(BLOCK_SPREAD * random.normal());
  const widths = Array.from({ length: 5 + random.whole(9) }, () => {
    const areaM2 = clamp(blockMu * Math.exp(STRIP_SPREAD * random.normal()), 0.6, 70) * MU_M2;
    return Math.max(LEAST_WIDTH_M, areaM2 / (depthM * 0.96));
  });
  const dividers = drawDividers(random, widths, pieces);
  const strips = widths.map((width, i) => drawStrip(random, dividers[i]!, dividers[i + 1]!, { depthM, width }));
  return { widthM: dividers.at(-1)![0]!, strips };
}

function drawDividers(random: Random, widths: readonly number[], pieces: number): Divider[] {
  const dividers: Divider[] = [];
  let at = 0;
  for (let i = 0; i <= widths.length; i++) {
    const outer = i === 0 || i === widths.length;
    const room = outer ? 0 : Math.min(widths[i - 1]!, widths[i]!);
    const bottom = at + clamp(random.normal(), -1.8, 1.8) * END_SHIFT * room;
    const top = at + clamp(random.normal(), -1.8, 1.8) * END_SHIFT * room;
    dividers.push(
      Array.from({ length: pieces + 1 }, (_, node) => {
        const bend = node === 0 || node === pieces ? 0 : random.between(-1, 1) * BEND * room;
        return bottom + ((top - bottom) * node) / pieces + bend;
      }),
    );
    at += widths[i] ?? 0;
  }
  return dividers;
}

function drawStrip(random: Random, left: Divider, right: Divider, size: { depthM: number; width: number }): Strip {
  const { depthM, width } = size;
  // Most ends lie on the lane; some stop short of it, and few are square.
  const short = (): number => (random.next() < 0.5 ? random.between(0, 0.06) * depthM : 0);
  const skew = Math.min(width * 0.6, depthM * 0.12);
  const bottom = short();
  const top = depthM - short();
  const rise = (side: Divider, shift: number): Point[] =>
    alongDivider(side, depthM, bottom + random.next() * skew, top - random.next() * skew).map(([u, v]) => [u + shift, v]);
  const up = rise(right, -RIDGE_M / 2);
  const down = rise(left, RIDGE_M / 2).reverse();
  const ring = [...up, ...pointsBetween(up.at(-1)!, down[0]!), ...down, ...pointsBetween(down.at(-1)!, up[0]!), up[0]!];
  return { ring, hole: random.next() < HOLE_SHARE && width > 22 ? drawHole(random, left, right, depthM) : undefined };
}

/** The divider from v = `from` to v = `to`; both lie within its first and last piece. */
function alongDivider(divider: Divider, depthM: number, from: number, to: number): Point[] {
  const pieces = divider.length - 1;
  const uAt = (v: number): number => {
    const piece = Math.min(pieces - 1, Math.floor((v / depthM) * pieces));
    return divider[piece]! + (divider[piece + 1]! - divider[piece]!) * ((v / depthM) * pieces - piece);
  };
  const nodes: Point[] = [[uAt(from), from]];
  for (let node = 1; node < pieces; node++) nodes.push([divider[node]!, (depthM * node) / pieces]);
  nodes.push([uAt(to), to]);
  return nodes;
}

/** Wide ends get points of their own, so that they follow the bend of the lane. */
function pointsBetween(from: Point, to: Point): Point[] {
  const pieces = Math.ceil(Math.abs(to[0] - from[0]) / END_PIECE_M);
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
