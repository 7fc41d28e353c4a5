import type { Fix } from '../../shared/fix.ts';
import type { Place } from '../../shared/measurement.ts';
import { metresBetween } from './local-frame.ts';
import { FASTEST_WORK_M_PER_S } from './work-evidence.ts';
import { WorkedGround } from './worked-ground.ts';

/** The beginning of a region, in squares: from here on the second pass lies beside the first. */
const BEGUN_REGION = 15;
/** The first round of a field has no neighbour yet: what tells it from a way between fields is that the machine keeps at it. */
const STEADY_MS = 300_000;
const STEADY_M = 200;
const BUSY_MS = 1_800_000;
const BUSY_MOVING_MS = 600_000;
const LONGEST_STEP_MS = 30_000;

/** Field or road while it happens, on ground without a boundary: from the fixes so far alone. */
export class LivePlace {
  private readonly ground: WorkedGround;
  private recent: { time: number; pathM: number; movingMs: number }[] = [];
  private steadyFrom = 0;
  private busyFrom = 0;
  private before: Fix | null = null;
  private pathM = 0;
  private movingMs = 0;

  constructor(first: Fix, spacingM: number) {
    this.ground = new WorkedGround(first.lng, first.lat, spacingM);
  }

  take(fix: Fix): Place {
    const before = this.before ?? fix;
    const stepMs = Math.abs(fix.fixTime - before.fixTime);
    const stepM = metresBetween(before.lng, before.lat, fix.lng, fix.lat);
    if (stepMs <= LONGEST_STEP_MS) {
      this.pathM += stepM;
      this.movingMs += stepMs;
    }
    this.before = fix;
    this.ground.add(fix);
    this.recent.push({ time: fix.fixTime, pathM: this.pathM, movingMs: this.movingMs });
    this.forget(fix.fixTime);
    if (this.ground.regionNear(fix.lng, fix.lat) >= BEGUN_REGION) return 'field';
    const tooFast = stepM * 1000 > 1.5 * FASTEST_WORK_M_PER_S * stepMs && stepM > 5;
    if (tooFast) return 'road';
    const steady = this.pathM - this.recent[this.steadyFrom].pathM >= STEADY_M;
    const busy = this.movingMs - this.recent[this.busyFrom].movingMs >= BUSY_MOVING_MS;
    return steady || busy ? 'field' : 'road';
  }

  private forget(time: number): void {
    const last = this.recent.length - 1;
    while (this.steadyFrom < last && time - this.recent[this.steadyFrom].time > STEADY_MS) this.steadyFrom++;
    while (this.busyFrom < last && time - this.recent[this.busyFrom].time > BUSY_MS) this.busyFrom++;
    if (this.busyFrom < 4096) return;
    this.recent = this.recent.slice(this.busyFrom);
    this.steadyFrom -= this.busyFrom;
    this.busyFrom = 0;
  }
}
