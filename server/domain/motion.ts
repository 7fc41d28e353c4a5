import type { Fix } from '../../shared/fix.ts';
import { STANDING_M_PER_S, STOP_M } from './gap.ts';
import { metresBetween } from './local-frame.ts';

/** A machine that has not come 5 m further in this time is standing. */
const STANDING_AFTER_MS = 30_000;
/** Between one leg and the next; passes bend by less, headland turns by more. */
const TURN_DEGREES = 45;

/** Everything is judged by legs of at least 5 m: fix by fix, noise would look like turning and standing like driving. */
export interface MotionState {
  anchor: { lng: number; lat: number; time: number } | null;
  courseDeg: number | null;
  speedMPerS: number;
  moving: boolean;
  turning: boolean;
}

const DEGREES = 180 / Math.PI;

export class Motion {
  private readonly now: MotionState;
  /** Length of the leg that the last fix completed, else 0. */
  legM = 0;

  constructor(saved?: MotionState) {
    this.now = saved
      ? { ...saved, anchor: saved.anchor && { ...saved.anchor } }
      : { anchor: null, courseDeg: null, speedMPerS: 0, moving: false, turning: false };
  }

  get moving(): boolean {
    return this.now.moving;
  }
  get turning(): boolean {
    return this.now.turning;
  }
  get speedMPerS(): number {
    return this.now.speedMPerS;
  }

  state(): MotionState {
    return { ...this.now, anchor: this.now.anchor && { ...this.now.anchor } };
  }

  take(fix: Fix, afterGap: boolean): void {
    const now = this.now;
    this.legM = 0;
    if (now.anchor === null || afterGap) {
      now.anchor = { lng: fix.lng, lat: fix.lat, time: fix.fixTime };
      now.courseDeg = null;
      now.turning = false;
      return;
    }
    const distanceM = metresBetween(now.anchor.lng, now.anchor.lat, fix.lng, fix.lat);
    const elapsedMs = Math.abs(fix.fixTime - now.anchor.time);
    if (distanceM >= STOP_M) this.completeLeg(fix, distanceM, elapsedMs);
    else if (elapsedMs >= STANDING_AFTER_MS) this.stand(fix);
  }

  private completeLeg(fix: Fix, distanceM: number, elapsedMs: number): void {
    const now = this.now;
    const anchor = now.anchor!;
    const east = (fix.lng - anchor.lng) * Math.cos(fix.lat / DEGREES);
    const courseDeg = Math.atan2(east, fix.lat - anchor.lat) * DEGREES;
    const bend = now.courseDeg === null ? 0 : Math.abs(((courseDeg - now.courseDeg + 540) % 360) - 180);
    now.turning = bend > TURN_DEGREES;
    now.courseDeg = courseDeg;
    now.speedMPerS = distanceM / Math.max(0.001, elapsedMs / 1000);
    now.moving = now.speedMPerS >= STANDING_M_PER_S;
    if (now.moving) this.legM = distanceM;
    anchor.lng = fix.lng;
    anchor.lat = fix.lat;
    anchor.time = fix.fixTime;
  }

  private stand(fix: Fix): void {
    const now = this.now;
    now.moving = false;
    now.turning = false;
    now.speedMPerS = 0;
    now.courseDeg = null;
    now.anchor = { lng: fix.lng, lat: fix.lat, time: fix.fixTime };
  }
}
