import type { Fix } from '../../shared/fix.ts';
import type { Implement, LngLat, WorkState } from '../../shared/registry.ts';
import type { Operation } from '../../shared/season.ts';
import { Assignment, type AssignmentState } from './assignment.ts';
import { cutterAt, isCentred } from './cutter.ts';
import type { FieldIndex, FieldShape } from './field-index.ts';
import { isGap, isLongStep, STANDING_M_PER_S, STOP_M, usualInterval } from './gap.ts';
import { metresBetween } from './local-frame.ts';
import { Motion, type MotionState } from './motion.ts';
import type { Swath } from './swath.ts';
import { FASTEST_WORK_M_PER_S, type HeldSwath, WorkEvidence, type WorkEvidenceState } from './work-evidence.ts';
import { workStateOf } from './work-state.ts';

export interface FoldMachine {
  id: string;
  implements: readonly Implement[];
}
export interface FoldWorld {
  index: FieldIndex;
}
export type EmitSwath = (field: FieldShape, operation: Operation, swath: Swath) => void;

/** Shorter swaths are joined with the next: their direction would be that of the noise. */
const SHORTEST_SWATH_M = 1.5;
/** Whatever the switch says: this is a receiver that was frozen or jumped, and between the two fixes nobody knows the way. */
const FASTEST_TOLD_M_PER_S = 30 / 3.6;

export interface OutboxFoldState {
  lastSeq: number;
  since: number | null;
  last: Fix | null;
  /** The last fix whose field is decided. */
  previous: Fix | null;
  usualMs: number | null;
  workState: WorkState;
  stateSince: number | null;
  visit: { fieldId: string | null; operation: Operation | null; worked: boolean };
  /** Where the next swath begins, and the newest fix it may end at; with an antenna beside the implement, where that was at `from`. */
  chain: { from: Fix; to: Fix; cutter?: LngLat } | null;
  assignment: AssignmentState;
  motion: MotionState;
  evidence: WorkEvidenceState;
}

const START: Omit<OutboxFoldState, 'assignment' | 'motion' | 'evidence'> = {
  lastSeq: 0,
  since: null,
  last: null,
  previous: null,
  usualMs: null,
  workState: 'idle',
  stateSince: null,
  visit: { fieldId: null, operation: null, worked: false },
  chain: null,
};

/** The life of one outbox's fixes: field → motion → work state → swaths. A pure function of the fixes taken, however they were cut into batches. */
export class OutboxFold {
  private readonly machine: string;
  private readonly outbox: string;
  private readonly implements: readonly Implement[];
  private readonly assignment: Assignment;
  private readonly motion: Motion;
  private readonly evidence: WorkEvidence;
  private now: typeof START;
  /** The implement in use and the span of time in which it is. */
  private implement: Implement | null = null;
  private implementFrom = Number.POSITIVE_INFINITY;
  private implementTo = Number.NEGATIVE_INFINITY;
  private emit: EmitSwath = () => {};
  private readonly advance = (fix: Fix, field: FieldShape | null, near: boolean): void => this.step(fix, field, near);

  constructor(machine: FoldMachine, outbox: string, saved?: OutboxFoldState) {
    this.machine = machine.id;
    this.outbox = outbox;
    this.implements = [...machine.implements].sort((a, b) => a.from - b.from);
    this.assignment = new Assignment(saved?.assignment);
    this.motion = new Motion(saved?.motion);
    this.evidence = new WorkEvidence(saved?.evidence);
    const { assignment: _a, motion: _m, evidence: _e, ...rest } = saved ?? { ...START, assignment: null, motion: null, evidence: null };
    this.now = { ...rest, visit: { ...rest.visit }, chain: rest.chain && { ...rest.chain } };
  }

  get workState(): WorkState {
    return this.now.workState;
  }
  get stateSince(): number | null {
    return this.now.stateSince;
  }
  get fieldId(): string | null {
    return this.assignment.fieldId;
  }
  get last(): Fix | null {
    return this.now.last;
  }

  /** Accepted fixes only, rising seq. */
  take(fix: Fix, world: FoldWorld, emit: EmitSwath): void {
    if (fix.seq <= this.now.lastSeq) throw new Error(`${this.machine}: fix ${fix.seq} comes after ${this.now.lastSeq}`);
    this.now.lastSeq = fix.seq;
    this.now.last = fix;
    this.now.since ??= fix.fixTime;
    this.emit = emit;
    this.assignment.take(fix, world.index, this.advance);
  }

  /** Plain data; a fold restored from it goes on as if it had never stopped. */
  state(): OutboxFoldState {
    const { visit, chain } = this.now;
    return {
      ...this.now,
      visit: { ...visit },
      chain: chain && { ...chain },
      assignment: this.assignment.state(),
      motion: this.motion.state(),
      evidence: this.evidence.state(),
    };
  }

  private step(fix: Fix, field: FieldShape | null, near: boolean): void {
    const now = this.now;
    const implement = this.implementAt(fix.fixTime);
    const operation = implement?.operation ?? null;
    const fieldId = field?.id ?? null;
    const gap = this.measureInterval(fix);
    if (fieldId !== now.visit.fieldId || operation !== now.visit.operation) this.beginVisit(fieldId, operation, fix.fixTime);
    this.motion.take(fix, gap);
    if (field !== null && operation !== null) {
      const { legM, speedMPerS } = this.motion;
      if (near && legM > 0 && speedMPerS <= FASTEST_WORK_M_PER_S && this.evidence.addLeg(legM, fix.lng, fix.lat, field.polygon)) {
        this.release(field, operation);
      }
      this.chainOn(fix, near && !gap, near, field);
      if (fix.working === 1 && near) now.visit.worked = true;
    }
    now.previous = fix;
    const state = workStateOf(fix.working, this.motion, this.evidence.proven && near, now.visit.worked);
    if (state !== now.workState || now.stateSince === null) {
      now.workState = state;
      now.stateSince = fix.fixTime;
    }
  }

  /** Whether the way from the fix before is unknown; learns the usual interval from it. */
  private measureInterval(fix: Fix): boolean {
    const before = this.now.previous;
    if (before === null) return false;
    const intervalMs = Math.abs(fix.fixTime - before.fixTime);
    const distanceM = metresBetween(before.lng, before.lat, fix.lng, fix.lat);
    const gap = isGap(distanceM, intervalMs, this.now.usualMs);
    if (distanceM * 1000 >= STANDING_M_PER_S * intervalMs && intervalMs > 0) this.now.usualMs = usualInterval(this.now.usualMs, intervalMs);
    return gap;
  }

  private beginVisit(fieldId: string | null, operation: Operation | null, time: number): void {
    this.evidence.begin(fieldId !== null && operation !== null ? `${operation} ${fieldId}` : null, time);
    this.now.visit = { fieldId, operation, worked: this.evidence.proven };
    this.now.chain = null;
  }

  private implementAt(time: number): Implement | null {
    if (time >= this.implementFrom && time < this.implementTo) return this.implement;
    this.implement = null;
    this.implementFrom = Number.NEGATIVE_INFINITY;
    this.implementTo = Number.POSITIVE_INFINITY;
    for (const next of this.implements) {
      if (next.from > time) {
        this.implementTo = next.from;
        break;
      }
      this.implement = next;
      this.implementFrom = next.from;
    }
    return this.implement;
  }

  private release(field: FieldShape, operation: Operation): void {
    this.now.visit.worked = true;
    for (const held of this.evidence.prove()) this.emit(field, operation, this.swathOfHeld(held));
  }

  private chainOn(fix: Fix, joined: boolean, near: boolean, field: FieldShape): void {
    const chain = this.now.chain;
    if (chain === null || !joined) {
      if (chain !== null && chain.to !== chain.from) this.paint(chain.from, chain.to, field);
      this.now.chain = near ? { from: fix, to: fix } : null;
      return;
    }
    const { from } = chain;
    const lengthM = metresBetween(from.lng, from.lat, fix.lng, fix.lat);
    const sameWork = fix.working === from.working && fix.widthM === from.widthM;
    if (lengthM < SHORTEST_SWATH_M && sameWork) {
      chain.to = fix;
      return;
    }
    this.paint(from, fix, field);
    const cutter = this.cutterOf([from, fix])?.[1];
    this.now.chain = { from: fix, to: fix, ...(cutter && { cutter }) };
  }

  /** Where the implement was at both ends of a step of the chain; null when the antenna is over its middle. */
  private cutterOf(step: readonly [Fix, Fix]): [LngLat, LngLat] | null {
    const implement = this.implement;
    if (implement === null || isCentred(implement)) return null;
    const from = this.now.chain?.from === step[0] ? this.now.chain.cutter : undefined;
    return [from ?? cutterAt(step[0], step, implement), cutterAt(step[1], step, implement)];
  }

  private paint(a: Fix, b: Fix, field: FieldShape): void {
    const told = a.working === 1 || b.working === 1;
    if (!told && a.working === 0 && b.working === 0) return;
    // To the centimetre, as fixes are: stored and read back, a swath must be the same swath.
    const widthM = Math.round((b.widthM ?? a.widthM ?? this.implement!.workingWidthM) * 100) / 100;
    if (widthM <= 0) return;
    const operation = this.now.visit.operation!;
    const stepM = metresBetween(a.lng, a.lat, b.lng, b.lat);
    const stepMs = Math.abs(b.fixTime - a.fixTime);
    const tooFast = stepM * 1000 > FASTEST_WORK_M_PER_S * stepMs;
    if (told && stepM >= STOP_M && stepM * 1000 > FASTEST_TOLD_M_PER_S * stepMs) return;
    const swath = this.swath(a, b, widthM, !told || isLongStep(stepMs));
    if (told || (this.evidence.proven && !tooFast)) this.emit(field, operation, swath);
    else if (!tooFast) this.evidence.hold(swath);
  }

  private swath(a: Fix, b: Fix, widthM: number, estimated: boolean): Swath {
    const [[ax, ay], [bx, by]] = this.cutterOf([a, b]) ?? [
      [a.lng, a.lat],
      [b.lng, b.lat],
    ];
    return {
      machine: this.machine,
      outbox: this.outbox,
      outboxSince: this.now.since!,
      seqA: a.seq,
      seqB: b.seq,
      timeA: a.fixTime,
      timeB: b.fixTime,
      ax,
      ay,
      bx,
      by,
      widthM,
      estimated,
    };
  }

  private swathOfHeld([seqA, seqB, timeA, timeB, ax, ay, bx, by, widthM]: HeldSwath): Swath {
    const { machine, outbox } = this;
    return { machine, outbox, outboxSince: this.now.since!, seqA, seqB, timeA, timeB, ax, ay, bx, by, widthM, estimated: true };
  }
}
