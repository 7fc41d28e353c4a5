import type { Fix } from '../../shared/fix.ts';
import { isGap, usualInterval } from './gap.ts';
import { frameAt, type LocalFrame } from './local-frame.ts';

/**
 * Where a machine drove to and fro, from its track alone: ground is worked where passes lie side by side. Squares of the ground are visited
 * or not; a visited square is dense when more of the squares around it are visited than any single pass, bend or corner could; dense squares
 * next to each other make a region, and a region of some size is a field. Speed plays no part. Asked after each fix it is the causal answer,
 * asked after the last one the final answer of the same method.
 */

/** A square, by the distance between passes: small enough that neighbours fall into other squares, large enough that none is left between them. */
const SQUARE_PER_SPACING = 0.8;
const SQUARE_M = { from: 1.5, to: 12 };
/** In squares: what counts as around, as next to each other, and as still belonging to a region. */
const AROUND = 4;
const LINKED = 2;
const NEAR = 6;
/** A straight pass visits 18 to 27 % of the squares around it, two side by side 37 % and more. */
const DENSE_SHARE = 0.3;
/** In squares: 240 m² at a spacing of 2.5 m, a third of a mu; the smallest fields measured are three times that. */
const SMALLEST_REGION = 60;

/** Longer than a minute at 30 km/h: nobody knows the way between two such fixes, and its squares may be a hundred thousand. */
const LONGEST_STEP_M = 500;

/** Between 1 and 2^45 for any place on earth, and offsets of squares add up. */
const ROW = 2 ** 23;
const MIDDLE = 2 ** 22;

const discOf = (radius: number): number[] => {
  const offsets: number[] = [];
  for (let dx = -radius; dx <= radius; dx++)
    for (let dy = -radius; dy <= radius; dy++) if (dx * dx + dy * dy <= radius * radius) offsets.push(dx * ROW + dy);
  return offsets;
};
const around = discOf(AROUND);
const linked = discOf(LINKED).filter(offset => offset !== 0);
const near = discOf(NEAR);
const enough = Math.ceil(DENSE_SHARE * around.length);

/** A region, in degrees. */
export interface WorkedRegion {
  west: number;
  south: number;
  east: number;
  north: number;
}

export class WorkedGround {
  private readonly frame: LocalFrame;
  private readonly squareM: number;
  /** Per visited square, how many around it are. */
  private readonly visited = new Map<number, number>();
  /** Union–find over dense squares, with the size at the root. */
  private readonly parent = new Map<number, number>();
  private readonly size = new Map<number, number>();
  private before: Fix | null = null;
  private usualMs: number | null = null;

  constructor(lng0: number, lat0: number, spacingM: number) {
    this.frame = frameAt(lng0, lat0);
    this.squareM = Math.max(SQUARE_M.from, Math.min(SQUARE_M.to, SQUARE_PER_SPACING * spacingM));
  }

  /** The next fix of a track; `null` before another track begins. Where the switch says that the header was up, nothing is visited. */
  add(fix: Fix | null): void {
    const a = this.before;
    this.before = fix;
    if (fix === null) {
      this.usualMs = null;
      return;
    }
    if (fix.working === 0 && (a === null || a.working !== 1)) return;
    const [x, y] = this.toSquares(fix.lng, fix.lat);
    if (a === null) {
      this.visit(squareAt(x, y));
      return;
    }
    const [fromX, fromY] = this.toSquares(a.lng, a.lat);
    const squares = Math.sqrt((x - fromX) ** 2 + (y - fromY) ** 2);
    const stepMs = Math.abs(fix.fixTime - a.fixTime);
    const broken = squares * this.squareM > LONGEST_STEP_M || isGap(squares * this.squareM, stepMs, this.usualMs);
    if (squares * this.squareM > 0.5 && stepMs > 0) this.usualMs = usualInterval(this.usualMs, stepMs);
    const parts = broken ? 0 : Math.max(1, Math.ceil(2 * squares));
    if (broken) this.visit(squareAt(x, y));
    for (let i = 1; i <= parts; i++) this.visit(squareAt(fromX + ((x - fromX) * i) / parts, fromY + ((y - fromY) * i) / parts));
  }

  /** Whether a place lies in or beside a region that is large enough for a field. */
  isWorked(lng: number, lat: number): boolean {
    return this.regionNear(lng, lat) >= SMALLEST_REGION;
  }

  /** Squares of the largest region near a place; 0 where there is none. */
  regionNear(lng: number, lat: number): number {
    const at = squareAt(...this.toSquares(lng, lat));
    let largest = 0;
    for (const offset of near) {
      if (!this.parent.has(at + offset)) continue;
      const size = this.size.get(this.root(at + offset))!;
      if (size > largest) largest = size;
    }
    return largest;
  }

  /** Boxes around the regions that are large enough for a field, with what belongs to them. */
  regions(): WorkedRegion[] {
    const boxes = new Map<number, [number, number, number, number]>();
    for (const square of this.parent.keys()) {
      const root = this.root(square);
      if (this.size.get(root)! < SMALLEST_REGION) continue;
      const column = Math.floor(square / ROW);
      const row = square - column * ROW;
      const box = boxes.get(root) ?? [column, row, column, row];
      boxes.set(root, [Math.min(box[0], column), Math.min(box[1], row), Math.max(box[2], column), Math.max(box[3], row)]);
    }
    const { lng0, lat0, metresPerLng, metresPerLat } = this.frame;
    const lngOf = (column: number): number => lng0 + ((column - MIDDLE) * this.squareM) / metresPerLng;
    const latOf = (row: number): number => lat0 + ((row - MIDDLE) * this.squareM) / metresPerLat;
    return [...boxes.values()].map(([west, south, east, north]) => ({
      west: lngOf(west - NEAR),
      south: latOf(south - NEAR),
      east: lngOf(east + 1 + NEAR),
      north: latOf(north + 1 + NEAR),
    }));
  }

  private toSquares(lng: number, lat: number): [x: number, y: number] {
    const { lng0, lat0, metresPerLng, metresPerLat } = this.frame;
    return [((lng - lng0) * metresPerLng) / this.squareM, ((lat - lat0) * metresPerLat) / this.squareM];
  }

  private visit(square: number): void {
    if (this.visited.has(square)) return;
    let count = 1;
    for (const offset of around) {
      if (offset === 0) continue;
      const other = this.visited.get(square + offset);
      if (other === undefined) continue;
      count++;
      this.visited.set(square + offset, other + 1);
      if (other + 1 === enough) this.join(square + offset);
    }
    this.visited.set(square, count);
    if (count >= enough) this.join(square);
  }

  private join(square: number): void {
    this.parent.set(square, square);
    this.size.set(square, 1);
    for (const offset of linked) {
      if (!this.parent.has(square + offset)) continue;
      const a = this.root(square);
      const b = this.root(square + offset);
      if (a === b) continue;
      this.parent.set(b, a);
      this.size.set(a, this.size.get(a)! + this.size.get(b)!);
    }
  }

  private root(square: number): number {
    let at = square;
    for (let up = this.parent.get(at)!; up !== at; up = this.parent.get(at)!) {
      const above = this.parent.get(up)!;
      this.parent.set(at, above);
      at = above;
    }
    return at;
  }
}

const squareAt = (x: number, y: number): number => (Math.floor(x) + MIDDLE) * ROW + Math.floor(y) + MIDDLE;
