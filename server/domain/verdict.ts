import type { RefusalReason } from '../../shared/device.ts';
import type { Fix } from '../../shared/fix.ts';

const FUTURE_MS = 10 * 60_000;
const FASTEST_M_PER_S = 40;
const WORST_ACCURACY_M = 100;
/** So many refused fixes that agree with each other become the new reference. */
const AGREEING = 3;
const M_PER_DEGREE = 111_320;

interface Place {
  lng: number;
  lat: number;
  fixTime: number;
}

/** Plain data: what the judge of an outbox must remember between batches. */
export interface JudgeState {
  good: Place | null;
  /** The latest fixes refused only for their jump, each in reach of the one before. */
  run: Place[];
}

export interface JudgeContext {
  receivedAt: number;
  /** [west, south, east, north] */
  serviceArea: readonly [number, number, number, number];
}

const placeOf = ({ lng, lat, fixTime }: Place): Place => ({ lng, lat, fixTime });

const NO_REASONS: readonly RefusalReason[] = [];

function isJump(from: Place, to: Place): boolean {
  const dy = (to.lat - from.lat) * M_PER_DEGREE;
  const dx = (to.lng - from.lng) * M_PER_DEGREE * Math.cos((to.lat * Math.PI) / 180);
  const seconds = Math.max(1, Math.abs(to.fixTime - from.fixTime) / 1000);
  return dx * dx + dy * dy > (FASTEST_M_PER_S * seconds) ** 2;
}

/**
 * Decides once, on arrival, whether a fix counts; the verdict is stored with it. One judge per outbox, asked in order of seq: the reference
 * for a jump is the last good fix by seq, never by the device's clock.
 */
export class FixJudge {
  private good: Place | null;
  private run: Place[];

  constructor(state: JudgeState = { good: null, run: [] }) {
    this.good = state.good;
    this.run = state.run;
  }

  /** All reasons to refuse the fix; none: it is accepted and becomes the reference. */
  verdict(fix: Fix, context: JudgeContext): readonly RefusalReason[] {
    const [west, south, east, north] = context.serviceArea;
    const future = fix.fixTime > context.receivedAt + FUTURE_MS;
    const inaccurate = fix.accuracyM !== null && fix.accuracyM > WORST_ACCURACY_M;
    const outside = fix.lng < west || fix.lng > east || fix.lat < south || fix.lat > north;
    const jump = this.good !== null && isJump(this.good, fix);
    if (!future && !inaccurate && !outside && (!jump || this.agreesWithRun(fix))) return this.accept(fix);
    const reasons: RefusalReason[] = [];
    if (future) reasons.push('future');
    if (inaccurate) reasons.push('inaccurate');
    if (outside) reasons.push('outside');
    if (jump) reasons.push('jump');
    return reasons;
  }

  state(): JudgeState {
    return { good: this.good && placeOf(this.good), run: this.run };
  }

  private accept(fix: Fix): readonly RefusalReason[] {
    this.good = fix;
    if (this.run.length > 0) this.run = [];
    return NO_REASONS;
  }

  private agreesWithRun(fix: Fix): boolean {
    const place = placeOf(fix);
    const before = this.run.at(-1);
    this.run = before && !isJump(before, place) ? [...this.run, place] : [place];
    return this.run.length >= AGREEING;
  }
}
