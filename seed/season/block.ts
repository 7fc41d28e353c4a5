import { MU_M2 } from '../../shared/units.ts';
import { type Random, randomOf } from './random.ts';
import { type Divider, drawStrip, type Strip, type ToGround } from './strip.ts';

/**
 * A block of parallel strips between two lanes, in metres: v runs from the lower lane (0) to the upper one (`depthM`), u along them.
 * Half-way up, its sides stand at u = 0 and u = `widthM`; below and above they lean apart from that. Neighbours share a divider and keep
 * a ridge of half a metre between them, so no two strips touch.
 */
export interface Block {
  widthM: number;
  lean: Lean;
  /** Drawn when asked for: most blocks that are laid out are not needed. */
  strips(toGround: ToGround): Strip[];
}

/** How far the top of a block's side stands to the right of its foot, m. */
export interface Lean {
  left: number;
  right: number;
}

const LEAST_WIDTH_M = 5;
/** Spread (sigma of the logarithm) of the areas between blocks and within a block; with the rows' depth they give 5 % 1.2, 95 % 19 mu. */
const BLOCK_SPREAD = 0.45;
const STRIP_SPREAD = 0.62;
const MEDIAN_MU = 6.6;
const MEDIAN_DEPTH_M = 140;

/** Sides of blocks lean by up to this share of the depth; top and foot of a block differ by up to this share of its width. */
const MOST_LEAN = 0.5;
const MOST_FAN = 0.4;
/** How far from straight and parallel the dividers are, as shares of the narrower neighbour's width. */
const END_SHIFT = 0.32;
const BULGE = 0.2;
const MOST_BULGE_M = 6;

export interface Row {
  depthM: number;
  /** In how many straight pieces a divider is drawn. */
  pieces: number;
}

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
  return { widthM, lean, strips: toGround => drawStrips(randomOf(own), widths, { row: { depthM, pieces }, lean, toGround }) };
}

interface Frame {
  row: Row;
  lean: Lean;
  toGround: ToGround;
}

function drawStrips(random: Random, widths: readonly number[], { row, lean, toGround }: Frame): Strip[] {
  const dividers = drawDividers(random, widths, row.pieces, lean);
  return widths.map((_, i) => drawStrip(random, { left: dividers[i]!, right: dividers[i + 1]! }, row.depthM, toGround));
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

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
