import type { Fix } from '../../shared/fix.ts';
import { isLongStep, STANDING_M_PER_S, usualInterval } from './gap.ts';
import { metresBetween } from './local-frame.ts';

/** The windows in which the way is looked at. */
const WINDOWS_MS = [60_000, 300_000, 1_800_000];
const WINDOW_M = 900;
/** Shorter legs have the direction of the noise. */
const SHORTEST_LEG_M = 4;
const STANDING_AFTER_MS = 30_000;
/** Half a day at 2 s: a machine that stands for days is not remembered for longer. */
const MOST_HELD = 20_000;

/** Sums from the first fix on: what happened between two fixes is the difference of theirs. */
interface Sums {
  time: number;
  pathM: number;
  movingMs: number;
  /** Of the legs: length, and direction doubled, so that to and fro count as one axis. */
  legM: number;
  axisEast: number;
  axisNorth: number;
}

/** How a machine went of late, by the fixes so far alone. Breaks in the track count for nothing: nobody knows what happened in them. */
export class RecentWay {
  private readonly from = [...WINDOWS_MS, WINDOW_M].map(() => 0);
  private held: Sums[] = [];
  private sums: Sums = { time: 0, pathM: 0, movingMs: 0, legM: 0, axisEast: 0, axisNorth: 0 };
  private before: Fix | null = null;
  private legFrom: Fix | null = null;
  private usualMs: number | null = null;
  /** How far apart the two sides of the last break are. */
  leapM = 0;

  get metresOver1Min(): number {
    return this.sums.pathM - this.held[this.from[0]].pathM;
  }
  get metresOver5Min(): number {
    return this.sums.pathM - this.held[this.from[1]].pathM;
  }
  get movingMsOver30Min(): number {
    return this.sums.movingMs - this.held[this.from[2]].movingMs;
  }
  /** Of the last 900 m: 1 straight on or to and fro, 0 as far across as along. */
  get alongOneAxis(): number {
    const start = this.held[this.from[3]];
    const { legM, axisEast, axisNorth } = this.sums;
    const metres = legM - start.legM;
    return metres > 0 ? Math.hypot(axisEast - start.axisEast, axisNorth - start.axisNorth) / metres : 1;
  }

  take(fix: Fix): void {
    this.sums = { ...this.sums, time: fix.fixTime };
    this.addStep(this.before ?? fix, fix);
    this.before = fix;
    this.held.push(this.sums);
    this.forget();
  }

  private addStep(before: Fix, fix: Fix): void {
    const stepMs = Math.abs(fix.fixTime - before.fixTime);
    const stepM = metresBetween(before.lng, before.lat, fix.lng, fix.lat);
    const broke = isLongStep(stepMs) && stepMs > 1.5 * (this.usualMs ?? 0);
    if (stepM > 0.5 && stepMs > 0) this.usualMs = usualInterval(this.usualMs, stepMs);
    if (broke) {
      this.leapM = stepM;
      this.legFrom = fix;
      return;
    }
    this.sums.pathM += stepM;
    if (stepM * 1000 > STANDING_M_PER_S * stepMs) this.sums.movingMs += stepMs;
    this.addLeg(fix);
  }

  private addLeg(fix: Fix): void {
    const from = this.legFrom ?? fix;
    const legM = metresBetween(from.lng, from.lat, fix.lng, fix.lat);
    if (legM >= SHORTEST_LEG_M) {
      const east = (fix.lng - from.lng) * Math.cos((fix.lat * Math.PI) / 180);
      const course2 = 2 * Math.atan2(east, fix.lat - from.lat);
      this.sums.legM += legM;
      this.sums.axisEast += legM * Math.sin(course2);
      this.sums.axisNorth += legM * Math.cos(course2);
    } else if (this.legFrom !== null && Math.abs(fix.fixTime - from.fixTime) <= STANDING_AFTER_MS) return;
    this.legFrom = fix;
  }

  /** Moves the beginnings of the windows on, and lets go of what lies before all of them. A window holds at least the last step. */
  private forget(): void {
    const { held, from, sums } = this;
    const last = held.length - 2;
    WINDOWS_MS.forEach((ms, i) => {
      while (from[i] < last && sums.time - held[from[i]].time > ms) from[i]++;
    });
    const metres = WINDOWS_MS.length;
    while (from[metres] < last && sums.pathM - held[from[metres]].pathM > WINDOW_M) from[metres]++;
    const needless = Math.max(Math.min(...from), last - MOST_HELD);
    if (needless < MOST_HELD / 4) return;
    this.held = held.slice(needless);
    from.forEach((at, i) => {
      from[i] = Math.max(0, at - needless);
    });
  }
}
