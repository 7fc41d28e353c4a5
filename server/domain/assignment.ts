import type { Fix } from '../../shared/fix.ts';
import type { FieldIndex, FieldShape } from './field-index.ts';

/** A fix counts as still in its field this far outside of it. */
export const TOLERANCE_M = 4;
/** Another place is believed after so many fixes there in a row, or so many ms and at least two fixes. */
const ENOUGH_FIXES = 3;
const ENOUGH_MS = 10_000;
/**
 * In the strip where the old field's tolerance reaches into its neighbour, noise looks like a change of field: there the fixes for the
 * neighbour must outnumber those against it, for this long.
 */
const ENOUGH_ON_EDGE_MS = 30_000;
const MOST_WAITING = 64;

/** Fixes that may belong to another place than the current one, until that is decided. */
interface Candidate {
  /** null is outside of every field. */
  place: string | null;
  waiting: Fix[];
  /** Fixes for the place minus fixes in the current field. */
  balance: number;
  /** Fixes in a row beyond the current field's tolerance, and the time of the first of them. */
  run: number;
  runSince: number;
}

export interface AssignmentState {
  fieldId: string | null;
  candidate: Candidate | null;
}

/** `near`: in the field or within its tolerance; true outside of fields. */
export type Assigned = (fix: Fix, field: FieldShape | null, near: boolean) => void;

/** Decides field by field where a machine is; a single fix decides nothing. Fixes come out in order, some of them a few fixes late. */
export class Assignment {
  private index: FieldIndex | null = null;
  private field: FieldShape | null = null;
  private candidate: Candidate | null;
  private currentId: string | null;

  constructor(saved?: AssignmentState) {
    this.currentId = saved?.fieldId ?? null;
    this.candidate = saved?.candidate ? { ...saved.candidate, waiting: [...saved.candidate.waiting] } : null;
  }

  get fieldId(): string | null {
    return this.currentId;
  }

  state(): AssignmentState {
    const candidate = this.candidate && { ...this.candidate, waiting: [...this.candidate.waiting] };
    return { fieldId: this.currentId, candidate };
  }

  take(fix: Fix, index: FieldIndex, assigned: Assigned): void {
    if (index !== this.index) this.follow(index);
    const place = index.at(fix.lng, fix.lat, this.field);
    const inTolerance = place !== this.field && this.field !== null && this.isNear(fix, this.field);
    if (place === this.field || (place === null && inTolerance)) this.stay(fix, assigned);
    else this.vote(fix, place, inTolerance, assigned);
  }

  /** The fields were edited: the current one may have a new shape. */
  private follow(index: FieldIndex): void {
    this.index = index;
    this.field = this.currentId === null ? null : (index.get(this.currentId) ?? null);
  }

  private isNear(fix: Fix, field: FieldShape | null): boolean {
    return field === null || this.index!.distanceM(field, fix.lng, fix.lat) <= TOLERANCE_M;
  }

  private stay(fix: Fix, assigned: Assigned): void {
    const candidate = this.candidate;
    if (candidate === null) {
      assigned(fix, this.field, true);
      return;
    }
    candidate.waiting.push(fix);
    candidate.balance--;
    candidate.run = 0;
    if (candidate.balance <= 0 || candidate.waiting.length >= MOST_WAITING) this.settle(assigned);
  }

  private vote(fix: Fix, place: FieldShape | null, onEdge: boolean, assigned: Assigned): void {
    const believed = this.believed(fix, place);
    const id = believed?.id ?? null;
    if (this.candidate !== null && this.candidate.place !== id) this.settle(assigned);
    this.candidate ??= { place: id, waiting: [], balance: 0, run: 0, runSince: 0 };
    const candidate = this.candidate;
    candidate.waiting.push(fix);
    candidate.balance++;
    if (!onEdge) {
      if (candidate.run === 0) candidate.runSince = fix.fixTime;
      candidate.run++;
    }
    const runMs = Math.abs(fix.fixTime - candidate.runSince);
    const waitedMs = Math.abs(fix.fixTime - candidate.waiting[0].fixTime);
    const clearly = candidate.run >= ENOUGH_FIXES || (candidate.run >= 2 && runMs >= ENOUGH_MS);
    const onTheEdge = candidate.balance >= ENOUGH_FIXES && (waitedMs >= ENOUGH_ON_EDGE_MS || candidate.waiting.length >= MOST_WAITING);
    if (clearly || onTheEdge) {
      this.currentId = id;
      this.field = believed;
      this.settle(assigned);
    } else if (candidate.waiting.length >= MOST_WAITING) this.settle(assigned);
  }

  /** A fix in a neighbour's strip along the candidate field speaks for the candidate: entering between two fields must come to an end. */
  private believed(fix: Fix, place: FieldShape | null): FieldShape | null {
    const awaited = this.candidate?.place;
    if (place === null || awaited === null || awaited === undefined || awaited === place.id) return place;
    const field = this.index!.get(awaited) ?? null;
    return field !== null && this.isNear(fix, field) ? field : place;
  }

  /** Hands out what waited, as belonging to what is now the current field. */
  private settle(assigned: Assigned): void {
    const waiting = this.candidate!.waiting;
    this.candidate = null;
    for (const fix of waiting) assigned(fix, this.field, this.isNear(fix, this.field));
  }
}
