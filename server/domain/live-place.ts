import type { Fix } from '../../shared/fix.ts';
import type { Place } from '../../shared/measurement.ts';
import { metresBetween } from './local-frame.ts';
import { RecentWay } from './recent-way.ts';
import { FASTEST_WORK_M_PER_S } from './work-evidence.ts';
import { WorkedGround } from './worked-ground.ts';

/** The beginning of a region, in squares: from here on the second pass lies beside the first. */
const BEGUN_REGION = 15;
/** Whoever came no further in a minute, and not on worked ground, is waiting there. */
const STANDING_M = 1;
/** The first round of a field has no neighbour yet: what tells it from a way between fields is that the machine keeps at it, */
const STEADY_M = 200;
const BUSY_MS = 600_000;
/** or goes as much across as along, as round a headland, */
const ROUND_ABOUT = 0.6;
/** or came from so far that the journey lies in the break of the track. */
const JOURNEY_M = 500;
/** The last two say nothing of a machine that has hardly moved since. */
const SET_OUT_M = 30;

/** Field or road while it happens, on ground without a boundary: from the fixes so far alone. */
export class LivePlace {
  private readonly ground: WorkedGround;
  private readonly way = new RecentWay();
  private before: Fix | null = null;

  constructor(first: Fix, spacingM: number) {
    this.ground = new WorkedGround(first.lng, first.lat, spacingM);
  }

  take(fix: Fix): Place {
    const before = this.before ?? fix;
    this.before = fix;
    this.ground.add(fix);
    this.way.take(fix);
    if (this.ground.regionNear(fix.lng, fix.lat) >= BEGUN_REGION) return 'field';
    const stepM = metresBetween(before.lng, before.lat, fix.lng, fix.lat);
    const isTooFast = stepM * 1000 > 1.5 * FASTEST_WORK_M_PER_S * Math.abs(fix.fixTime - before.fixTime) && stepM > 5;
    return isTooFast || !this.isFirstRound() ? 'road' : 'field';
  }

  private isFirstRound(): boolean {
    const { metresOver1Min, metresOver5Min, movingMsOver30Min, alongOneAxis, leapM } = this.way;
    if (metresOver1Min < STANDING_M) return false;
    if (metresOver5Min >= STEADY_M || movingMsOver30Min >= BUSY_MS) return true;
    if (metresOver5Min < SET_OUT_M) return false;
    return alongOneAxis < ROUND_ABOUT || leapM >= JOURNEY_M;
  }
}
