import { BitGrid, close, complement, dilate } from './closing.ts';
import type { FinishWord } from './coverage.ts';
import type { DrivenGround } from './driven-ground.ts';
import type { Raster } from './field-raster.ts';
import type { SwathStore } from './swath-store.ts';

/**
 * Drift of the receiver and the driver's hand leave slivers between passes that were meant to overlap: up to twice the radius wide they are
 * closed while work goes on. A tenth of the width to either side is what two neighbouring passes deviate; nobody leaves such strips standing.
 */
const LIVE_RADIUS_PER_WIDTH = 0.2;
/** Drift does not shrink with the implement. */
const SHORTEST_LIVE_RADIUS_M = 0.75;
/**
 * In a finished field: slivers up to 0.7 of the working width, rounded down to whole cells. A wider radius measures no better on real fields,
 * and would close a pass that was left out where the others overlap.
 */
const FINISHED_RADIUS_PER_WIDTH = 0.35;
/** In a finished field, slivers of up to twice this between the last pass and the boundary: no boundary is drawn better than that. */
const BOUNDARY_RADIUS_M = 1;
/** Finished: so much of the field is covered with its slivers closed, and so much without, so that closing never finishes a field by itself. */
const FINISHED_SHARE = 0.95;
const PAINTED_SHARE = 0.8;

const USUAL: FinishingRule = { radiusPerWidth: FINISHED_RADIUS_PER_WIDTH, finishedShare: FINISHED_SHARE };
/**
 * A receiver that drifts by a good part of the width lays passes over each other and leaves gaps elsewhere: less is painted, though the machine
 * drove the whole field. When its way times its width adds up to the field's area, less is asked of the painting, and all ground within a width
 * of the way counts. Only for passes that scatter so: with a good receiver such a gap is a pass that was left out.
 */
const DRIFTED: FinishingRule = { radiusPerWidth: 0.5, finishedShare: 0.8, reaches: true };
const DRIFTED_PAINTED_SHARE = 0.55;
const DRIVEN_SHARE = 0.97;
/** An operator says that he is done: the same is asked of his way, and gaps of up to a width are closed. */
const CLAIMED: FinishingRule = { radiusPerWidth: 0.5, finishedShare: 0.9 };
/** More overlap than work has: noise may smear the swaths, and painting alone proves nothing. */
const SMEARED = 1.5;
export const isSmeared = ({ painted, driven }: Pick<PaintedCells, 'painted' | 'driven'>): boolean => driven > SMEARED * painted;

/**
 * A person who stood there says that the whole field was worked: what lies open between passes, or between the last one and the boundary, up
 * to a width, is what the receiver laid elsewhere. Wider gaps stay open all the same: no ground farther than a width from a fix counts.
 */
const CONFIRMED: FinishingRule = { radiusPerWidth: 0.5, finishedShare: 0, boundaryPerWidth: 0.5 };

/** How a field is closed that may be finished, and how much of it must be covered then. */
interface FinishingRule {
  radiusPerWidth: number;
  finishedShare: number;
  /** Instead of the usual reach at the boundary. */
  boundaryPerWidth?: number;
  /** All ground within the radius of what is painted counts, not only what lies between. */
  reaches?: boolean;
}

/** Cells that closing adds, each with the swath that gets the credit: of those that cover ground near it, the latest. */
export interface Closed {
  added: CreditedCell[];
  finished: boolean;
}
interface Cell {
  x: number;
  y: number;
}
interface CreditedCell extends Cell {
  swath: number;
}

export interface PaintedCells {
  raster: Raster;
  cells: Uint16Array | Uint32Array;
  outside: number;
  painted: number;
  /** Cells of all swaths, counted once per swath. */
  driven: number;
  /** Worked out when it is asked for: that takes longer than the rest. */
  ground: () => DrivenGround;
  /** What a person says of it; null: the rules alone decide. */
  word: FinishWord | null;
  store: SwathStore;
}

export function closeCoverage(field: PaintedCells): Closed {
  const { raster, painted, store } = field;
  if (painted === 0) return { added: [], finished: false };
  const widthM = store.usualWidthM();
  const liveRadius = Math.max(SHORTEST_LIVE_RADIUS_M, LIVE_RADIUS_PER_WIDTH * widthM) / raster.cellM;
  for (const rule of finishingRules(field)) {
    const width = widthM / raster.cellM;
    const radius = Math.max(liveRadius, rule.radiusPerWidth * width);
    const boundaryRadius = Math.max(BOUNDARY_RADIUS_M / raster.cellM, (rule.boundaryPerWidth ?? 0) * width);
    const cells = rule.reaches ? cellsWithin(field, radius) : closedCells(field, radius, boundaryRadius);
    const added = credit(field, cells, [radius, width / 2]);
    if (painted + added.length >= rule.finishedShare * raster.insideCells) return { added, finished: true };
  }
  return { added: credit(field, closedCells(field, liveRadius), [liveRadius]), finished: false };
}

/** In the order in which they are tried; none while too little of the field is driven over. */
function* finishingRules({ raster, painted, driven, ground, word }: PaintedCells): Generator<FinishingRule> {
  if (word === 'open') return;
  if (word === 'finished') {
    yield ground().drifts ? { ...CONFIRMED, reaches: true } : CONFIRMED;
    return;
  }
  const share = painted / raster.insideCells;
  const insideM2 = (raster.insideCells * raster.cellDm2) / 100;
  const isDriven = (): boolean =>
    driven >= DRIVEN_SHARE * raster.insideCells && !ground().torn && ground().drivenM2 >= DRIVEN_SHARE * insideM2;
  if (share >= PAINTED_SHARE && (!isSmeared({ painted, driven }) || isDriven())) yield USUAL;
  if (share < DRIFTED_PAINTED_SHARE || !isDriven()) return;
  if (ground().drifts) yield DRIFTED;
  else if (word === 'claimed') yield CLAIMED;
}

/** The field's open cells within so many cells of what swaths cover. */
function cellsWithin(field: PaintedCells, radius: number): Cell[] {
  const margin = Math.ceil(radius) + 1;
  const { covered, open } = gridsOf(field, margin);
  return cellsOf([dilate(covered, radius)], open, margin);
}

/**
 * What closing adds inside the field. With a boundary radius, the ground beyond the boundary is then taken as covered, so that slivers along
 * it close as well.
 */
function closedCells(field: PaintedCells, radius: number, boundaryRadius?: number): Cell[] {
  const margin = Math.ceil(radius) + 1;
  const { covered, open } = gridsOf(field, margin);
  const grids = [close(covered, radius)];
  if (boundaryRadius !== undefined) grids.push(close(complement(open), Math.min(radius, boundaryRadius)));
  return cellsOf(grids, open, margin);
}

/** What is in `open` and in one of the grids. */
function cellsOf(grids: readonly BitGrid[], open: BitGrid, margin: number): Cell[] {
  const found: Cell[] = [];
  for (let at = 0; at < open.words.length; at++) {
    if (open.words[at] === 0) continue;
    let added = 0;
    for (const grid of grids) added |= grid.words[at] & open.words[at];
    for (; added !== 0; added &= added - 1) {
      const x = (at % open.wordsPerRow) * 32 + 31 - Math.clz32(added & -added);
      found.push({ x: x - margin, y: Math.floor(at / open.wordsPerRow) - margin });
    }
  }
  return found;
}

/** The field's cells that swaths cover and those that none does, with a margin around them. */
function gridsOf({ raster, cells, outside }: PaintedCells, margin: number): { covered: BitGrid; open: BitGrid } {
  const { first, end, base, height, width } = raster;
  const covered = new BitGrid(width + 2 * margin, height + 2 * margin);
  const open = new BitGrid(width + 2 * margin, height + 2 * margin);
  for (let y = 0; y < height; y++) {
    const row = (y + margin) * covered.wordsPerRow;
    for (let x = first[y] + margin, at = base[y] + first[y]; at < base[y] + end[y]; x++, at++) {
      if (cells[at] === 0) open.words[row + (x >>> 5)] |= 1 << (x & 31);
      else if (cells[at] !== outside) covered.words[row + (x >>> 5)] |= 1 << (x & 31);
    }
  }
  return { covered, open };
}

/**
 * Of the swaths within the first radius that reaches any; a cell that none of the radii joins to a swath does not count. No radius is more
 * than half of the width: with the half that is painted, no cell farther than a width from where the machine drove ever counts.
 */
function credit(field: PaintedCells, added: readonly Cell[], radii: readonly number[]): CreditedCell[] {
  const credited: CreditedCell[] = [];
  for (const { x, y } of added) {
    let swath = -1;
    for (let i = 0; i < radii.length && swath < 0; i++) swath = latestWithin(field, x, y, radii[i]);
    if (swath >= 0) credited.push({ x, y, swath });
  }
  return credited;
}

function latestWithin({ raster, cells, outside, store }: PaintedCells, x: number, y: number, radius: number): number {
  const reach = Math.floor(radius);
  let latest = -1;
  for (let row = Math.max(0, y - reach); row <= Math.min(raster.height - 1, y + reach); row++) {
    const half = Math.floor(Math.sqrt(radius * radius - (row - y) * (row - y)));
    const to = Math.min(raster.end[row] - 1, x + half);
    for (let column = Math.max(raster.first[row], x - half); column <= to; column++) {
      const cell = cells[raster.base[row] + column];
      if (cell === 0 || cell === outside || cell - 1 === latest) continue;
      if (latest < 0 || store.compare(latest, cell - 1) < 0) latest = cell - 1;
    }
  }
  return latest;
}
