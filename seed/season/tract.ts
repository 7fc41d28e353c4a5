import { type Block, drawBlock, drawDepth, type Row } from './block.ts';
import { distance, type Point } from './plane.ts';
import type { Random } from './random.ts';
import type { Strip } from './strip.ts';

/** A piece of village land with one direction of ploughing. `reachM` is the radius within which rows are laid out. */
export interface TractShape {
  centre: Point;
  angle: number;
  reachM: number;
  /** 0 in the plain to 1 in the hills: how strongly rows and strips follow the slope. */
  hilliness: number;
}

export interface PlacedBlock {
  middle: Point;
  /** On the ground, one after another along the lane. */
  strips(): Strip[];
}

const LANE_M = 5;
const CROSS_LANE_M = 4;
/** Blocks under vegetables, trees or buildings. */
const OTHER_USE = 0.12;

/**
 * Rows of blocks between parallel lanes around the centre, nearest to it first. The rows are drawn on a straight sheet and bent as one
 * by two shears, each of which keeps areas and never folds, so that what does not overlap on the sheet does not overlap on the ground.
 */
export function layTract(shape: TractShape, random: Random): PlacedBlock[] {
  const bend = drawBend(shape, random);
  const blocks: PlacedBlock[] = [];
  let above = 0;
  let below = 0;
  while (above < shape.reachM || below > -shape.reachM) {
    const depthM = drawDepth(random);
    const up = above <= -below;
    const v0 = up ? above : below - depthM;
    for (const { u0, block } of drawRow(random, shape.reachM, { depthM, pieces: bend.pieces(depthM) })) {
      if (random.next() >= OTHER_USE) blocks.push(place(block, u0, v0, depthM, bend));
    }
    if (up) above += depthM + LANE_M;
    else below -= depthM + LANE_M;
  }
  return blocks.sort((a, b) => distance(a.middle, shape.centre) - distance(b.middle, shape.centre));
}

function drawRow(random: Random, reachM: number, row: Row): { u0: number; block: Block }[] {
  const blocks: { u0: number; block: Block }[] = [];
  let u0 = -reachM - random.between(0, 200);
  let lean = 0;
  while (u0 < reachM) {
    const block = drawBlock(random, row, lean);
    blocks.push({ u0, block });
    u0 += block.widthM + CROSS_LANE_M + random.between(0, 4);
    lean = block.lean.right;
  }
  return blocks;
}

interface Bend {
  toGround(u: number, v: number): Point;
  /** In how many straight pieces a divider of that length follows the bend, to within `OFF_THE_BEND_M`. */
  pieces(depthM: number): number;
}

const MOST_PIECES = 8;
const OFF_THE_BEND_M = 0.6;

function drawBend({ centre, angle, hilliness }: TractShape, random: Random): Bend {
  const slant = random.between(0.1, 0.45) * (random.next() < 0.5 ? -1 : 1);
  const tilt = random.between(0, 0.25) * Math.sign(slant);
  const waveM = random.between(320, 600);
  const swayM = random.between(6, 12) + hilliness * random.between(2, 10);
  const risingM = random.between(0, 2) + hilliness * random.between(1, 6);
  const phase = random.between(0, 2 * Math.PI);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const turn = (2 * Math.PI) / waveM;
  return {
    toGround(u, v) {
      const x = u + slant * v + swayM * Math.sin(turn * v + phase);
      const y = v + tilt * x + risingM * Math.sin(turn * x - phase);
      return [centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos];
    },
    pieces: depthM => Math.min(MOST_PIECES, Math.max(2, Math.ceil(depthM * turn * Math.sqrt(swayM / (8 * OFF_THE_BEND_M))))),
  };
}

function place(block: Block, u0: number, v0: number, depthM: number, bend: Bend): PlacedBlock {
  const toGround = ([u, v]: Point): Point => bend.toGround(u0 + u, v0 + v);
  return { middle: toGround([block.widthM / 2, depthM / 2]), strips: () => block.strips(toGround) };
}
