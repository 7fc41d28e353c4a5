import { type Closed, closeCoverage, isSmeared } from './coverage-closing.ts';
import { type DrivenGround, drivenGroundOf } from './driven-ground.ts';
import type { FieldShape } from './field-index.ts';
import { type Raster, rasterOf } from './field-raster.ts';
import type { Swath } from './swath.ts';
import { cellsOf, emptySpans } from './swath-cells.ts';
import { SwathStore } from './swath-store.ts';

export interface CoverageResult {
  /** Covered, slivers closed, never more than the boundary's area. */
  coveredDm2: number;
  /** Start of the hour (epoch ms) and what was covered first in it; ascending; sums to coveredDm2. */
  byHour: [hourStartMs: number, dm2: number][];
  /** By the machine that covered it first; by id; sums to coveredDm2. */
  byMachine: [machine: string, dm2: number][];
  /** Driven over more than once: the ground of all swaths in the field, less the ground covered. */
  overlapDm2: number;
  firstAt: number | null;
  lastAt: number | null;
  /** Time of the swath that added the last new ground, once the field is finished. */
  finishedAt: number | null;
  /** Only where a person said something of it: what, and the result that the rules alone give. */
  word?: FinishWord;
  byRule?: CoverageResult;
}

/** What a person says of a field: it is finished; it is not; its machine's operator says that he is done, which counts where the track bears it out. */
export type FinishWord = 'finished' | 'open' | 'claimed';

/** The field in local metres, row 0 in the south; a cell is 0 outside, 1 not covered, 2 covered by a swath, 3 added by closing. */
export interface CoverageBitmap {
  west: number;
  south: number;
  cellM: number;
  width: number;
  height: number;
  cells: Uint8Array;
}

type Credits = Pick<CoverageResult, 'byHour' | 'byMachine' | 'coveredDm2'>;

const HOUR_MS = 3_600_000;
const hourOf = (time: number): number => Math.floor(time / HOUR_MS) * HOUR_MS;

const OUTSIDE = 0xffff;
const OUTSIDE_WIDE = 0xffffffff;
const spans = emptySpans();

/**
 * What was covered of one field in one operation: a bitmap in local metres in which each cell knows the first swath, by paint order, that
 * covered it. Taking the first of two swaths is commutative and idempotent: the order of adding cannot show in the result, and a late swath
 * needs no repainting.
 */
export class FieldCoverage {
  private readonly raster: Raster;
  private readonly boundaryDm2: number;
  private readonly drifts: boolean | undefined;
  private readonly store = new SwathStore();
  /** Per kept cell: 0 not covered, else 1 + the name of its swath; all ones outside of the field. */
  private cells: Uint16Array | Uint32Array;
  private outside = OUTSIDE;
  private paintedCells = 0;
  /** Cells of all swaths, counted once per swath. */
  private drivenCells = 0;
  private latest = -1;
  private firstAt: number | null = null;
  private lastAt: number | null = null;
  /** Per outbox, named by its first fixTime: a higher seq is new for certain. */
  private readonly highestSeq = new Map<number, number>();
  private memo: CoverageResult | null = null;
  private groundMemo: DrivenGround | null = null;

  /** `drifts`: whether the receivers are known to drift by a good part of the width; otherwise the passes tell. */
  constructor(shape: FieldShape, { drifts }: { drifts?: boolean | undefined } = {}) {
    this.drifts = drifts;
    const { inside, ...raster } = rasterOf(shape.polygon);
    this.raster = raster;
    this.boundaryDm2 = Math.round(shape.areaM2 * 100);
    this.cells = new Uint16Array(inside.length);
    for (let at = 0; at < inside.length; at++) if (inside[at] === 0) this.cells[at] = OUTSIDE;
  }

  get swathCount(): number {
    return this.store.count;
  }

  *swaths(): Iterable<Swath> {
    for (const name of this.store.names()) yield this.store.get(name);
  }

  /** In any order; a swath that is there already changes nothing. */
  add(swath: Swath): void {
    if (swath.seqB > (this.highestSeq.get(swath.outboxSince) ?? -1)) this.highestSeq.set(swath.outboxSince, swath.seqB);
    else if (this.store.has(swath)) return;
    const name = this.store.add(swath);
    if (name + 1 >= this.outside) this.widenCells();
    this.memo = null;
    this.groundMemo = null;
    const newest = this.latest < 0 || this.store.compare(this.latest, name) < 0;
    if (newest) this.latest = name;
    cellsOf(swath, this.raster, spans);
    const drivenBefore = this.drivenCells;
    for (let i = 0; i < spans.rows; i++) {
      const base = this.raster.base[spans.firstRow + i];
      this.paintRow(base + spans.from[i], base + spans.to[i], name, newest);
    }
    if (this.drivenCells === drivenBefore) return;
    this.firstAt = Math.min(this.firstAt ?? swath.timeB, swath.timeA, swath.timeB);
    this.lastAt = Math.max(this.lastAt ?? swath.timeB, swath.timeB);
  }

  result(): CoverageResult {
    this.memo ??= this.compute();
    return this.memo;
  }

  /** With what a person says of it. */
  judged(word: FinishWord): CoverageResult {
    return { ...this.compute(word), word, byRule: this.result() };
  }

  /** What one machine is credited with, by the hour; of all machines these sum up to the result. */
  byHourOf(machine: string, word: FinishWord | null = null): [hourStartMs: number, dm2: number][] {
    const hours: [number, number][] = [];
    this.creditsOf(this.cellsBySwath(word).cellsOfSwath, (hour, whose, dm2) => {
      if (whose === machine) hours.push([hour, dm2]);
    });
    return hours;
  }

  /** For pictures and tests. */
  bitmap(word: FinishWord | null = null): CoverageBitmap {
    const { raster } = this;
    const cells = new Uint8Array(raster.width * raster.height);
    for (let y = 0; y < raster.height; y++) {
      for (let x = raster.first[y]; x < raster.end[y]; x++) {
        const cell = this.cells[raster.base[y] + x];
        cells[y * raster.width + x] = cell === this.outside ? 0 : cell === 0 ? 1 : 2;
      }
    }
    for (const { x, y } of this.closed(word).added) cells[y * raster.width + x] = 3;
    const { lng0: west, lat0: south } = raster.frame;
    return { west, south, cellM: raster.cellM, width: raster.width, height: raster.height, cells };
  }

  private paintRow(from: number, to: number, name: number, newest: boolean): void {
    const { cells, outside } = this;
    let compared = -1;
    let earlier = false;
    for (let at = from; at < to; at++) {
      const cell = cells[at];
      if (cell === outside) continue;
      this.drivenCells++;
      if (cell === 0) {
        cells[at] = name + 1;
        this.paintedCells++;
      } else if (!newest) {
        if (cell !== compared) {
          compared = cell;
          earlier = this.store.compare(name, cell - 1) < 0;
        }
        if (earlier) cells[at] = name + 1;
      }
    }
  }

  private widenCells(): void {
    if (this.outside === OUTSIDE_WIDE) throw new Error('more swaths in one field than can be named');
    this.cells = Uint32Array.from(this.cells, cell => (cell === OUTSIDE ? OUTSIDE_WIDE : cell));
    this.outside = OUTSIDE_WIDE;
  }

  private closed(word: FinishWord | null): Closed {
    const { raster, cells, outside, ground, store } = this;
    return closeCoverage({ raster, cells, outside, painted: this.paintedCells, driven: this.drivenCells, ground, word, store });
  }

  /** The boundary's area, which the raster's rounding may exceed; and no more than the machines drove, where noise has smeared their swaths. */
  private mostDm2(): number {
    if (!isSmeared({ painted: this.paintedCells, driven: this.drivenCells })) return this.boundaryDm2;
    return Math.min(this.boundaryDm2, Math.round(this.ground().drivenM2 * 100));
  }

  private readonly ground = (): DrivenGround => {
    this.groundMemo ??= drivenGroundOf(this.swaths());
    return { ...this.groundMemo, drifts: this.drifts ?? this.groundMemo.drifts };
  };

  private compute(word: FinishWord | null = null): CoverageResult {
    const { cellsOfSwath, last, finished } = this.cellsBySwath(word);
    const { byHour, byMachine, coveredDm2 } = this.creditsOf(cellsOfSwath);
    return {
      coveredDm2,
      byHour,
      byMachine,
      overlapDm2: (this.drivenCells - this.paintedCells) * this.raster.cellDm2,
      firstAt: this.firstAt,
      lastAt: this.lastAt,
      finishedAt: finished ? this.store.timeOf(last) : null,
    };
  }

  /** How many cells each swath is credited with, closing included, and which of them added the last new ground. */
  private cellsBySwath(word: FinishWord | null): { cellsOfSwath: Uint32Array; last: number; finished: boolean } {
    const { cells, outside } = this;
    const cellsOfSwath = new Uint32Array(this.store.nextName);
    for (let at = 0; at < cells.length; at++) if (cells[at] !== 0 && cells[at] !== outside) cellsOfSwath[cells[at] - 1]++;
    let last = -1;
    for (let name = 0; name < cellsOfSwath.length; name++) {
      if (cellsOfSwath[name] > 0 && (last < 0 || this.store.compare(last, name) < 0)) last = name;
    }
    const { added, finished } = this.closed(word);
    for (const { swath } of added) cellsOfSwath[swath]++;
    return { cellsOfSwath, last, finished };
  }

  /** Sums up by hour and machine. What exceeds the most there can be is taken from the latest hours. */
  private creditsOf(cellsOfSwath: Uint32Array, noted: (hour: number, machine: string, dm2: number) => void = () => undefined): Credits {
    const byHour = new Map<number, Map<string, number>>();
    for (let name = 0; name < cellsOfSwath.length; name++) {
      if (cellsOfSwath[name] === 0) continue;
      const machine = this.store.machineOf(name);
      const hour = hourOf(this.store.timeOf(name));
      let ofHour = byHour.get(hour);
      if (ofHour === undefined) {
        ofHour = new Map();
        byHour.set(hour, ofHour);
      }
      ofHour.set(machine, (ofHour.get(machine) ?? 0) + cellsOfSwath[name] * this.raster.cellDm2);
    }
    const mostDm2 = this.mostDm2();
    let left = mostDm2;
    const hours: [number, number][] = [];
    const machines = new Map<string, number>();
    for (const [hour, ofHour] of [...byHour].sort((a, b) => a[0] - b[0])) {
      const before = left;
      for (const [machine, dm2] of [...ofHour].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
        const counted = Math.min(left, dm2);
        left -= counted;
        if (counted === 0) continue;
        machines.set(machine, (machines.get(machine) ?? 0) + counted);
        noted(hour, machine, counted);
      }
      if (before > left) hours.push([hour, before - left]);
    }
    const byMachine = [...machines].sort((a, b) => (a[0] < b[0] ? -1 : 1));
    return { byHour: hours, byMachine, coveredDm2: mostDm2 - left };
  }
}
