import type { Fix } from '../../shared/fix.ts';
import { drive, type Leg, lengthOf, type Spot } from '../fleet/leg.ts';
import type { Point } from '../season/plane.ts';
import { type Random, randomOf } from '../season/random.ts';
import { ground, type Strip, stripsOf } from './ingest-ground.ts';

export const WIDTH_M = 2.5;
const SPACING_M = WIDTH_M * 0.93;
const WORKING_KMH = 4.2;
const ROAD_KMH = 4;
/** Header up for one second in ten: 90 % of the fixes are working ones. */
const PASS_TIME_PER_TURN_TIME = 9;
/** Turns stay this near to the field. */
const TURN_M = 3.5;
const FIX_EVERY_MS = 1000;

/** Drift of the receiver: spread in metres, and what is left of it after a fix; and a little jitter on top. */
const DRIFT_M = 0.4;
const DRIFT_KEPT = 0.993;
const JITTER_M = 0.05;

type Way = Omit<Parameters<typeof drive>[0], 'plane'>;

/**
 * One machine's track from its first field on: to and fro in passes, one fix a second, into the next field of its block when one is cut.
 * The same for the same machine, count and start, wherever it is made.
 */
export function trackOf(machine: number, { fixes: count, fields, since }: { fixes: number; fields: number; since: number }): Fix[] {
  const receive = receiverOf(randomOf('bench track', machine));
  const track: Fix[] = [];
  for (const leg of legsOver(stripsOf(machine, fields), since)) {
    for (let at = since + track.length * FIX_EVERY_MS; at < leg.to; at += FIX_EVERY_MS) {
      track.push({ seq: track.length + 1, fixTime: at, ...receive(leg.spotAt(at), leg.working) });
      if (track.length === count) return track;
    }
  }
  throw new Error(`the fields of machine ${machine} are cut after ${track.length} of ${count} fixes: give it more fields`);
}

/** What a receiver in the cab makes of the true place. */
function receiverOf(random: Random): (spot: Spot, working: boolean) => Omit<Fix, 'seq' | 'fixTime'> {
  const freshM = DRIFT_M * Math.sqrt(1 - DRIFT_KEPT * DRIFT_KEPT);
  let east = DRIFT_M * random.normal();
  let north = DRIFT_M * random.normal();
  return (spot, working) => {
    east = east * DRIFT_KEPT + freshM * random.normal();
    north = north * DRIFT_KEPT + freshM * random.normal();
    const [x, y] = ground.toPoint([spot.lng, spot.lat]);
    const [lng, lat] = ground.toLngLat([x + east + JITTER_M * random.normal(), y + north + JITTER_M * random.normal()]);
    const headingDeg = (spot.headingDeg + 1.5 * random.normal() + 360) % 360;
    const speedKmh = Math.max(0, spot.speedKmh + 0.12 * random.normal());
    return { lng, lat, speedKmh, headingDeg, accuracyM: random.pick([0.9, 1, 1]), widthM: WIDTH_M, working: working ? 1 : 0 };
  };
}

function* legsOver(strips: readonly Strip[], since: number): Generator<Leg> {
  let at = since;
  let here: Point | null = null;
  for (const way of strips.flatMap(strip => [...waysOver(strip)])) {
    const road: Way[] = here ? [{ points: [here, way.points[0]], speedKmh: ROAD_KMH, working: false }] : [];
    for (const next of [...road, way]) {
      if (lengthOf(next.points) === 0) continue;
      const leg = drive({ plane: ground, ...next }, at);
      yield leg;
      at = leg.to;
    }
    here = way.points.at(-1)!;
  }
}

function* waysOver({ west, east, south, north }: Strip): Generator<Way> {
  const lines = Math.ceil((north - south - WIDTH_M) / SPACING_M) + 1;
  for (let line = 0; line < lines; line++) {
    const y = south + WIDTH_M / 2 + line * SPACING_M;
    const [start, end, out] = line % 2 === 0 ? [west, east, TURN_M] : [east, west, -TURN_M];
    yield {
      points: [
        [start, y],
        [end, y],
      ],
      speedKmh: WORKING_KMH,
      working: true,
    };
    if (line === lines - 1) return;
    const turn: Point[] = [
      [end, y],
      [end + out, y],
      [end + out, y + SPACING_M],
      [end, y + SPACING_M],
    ];
    yield { points: turn, speedKmh: (PASS_TIME_PER_TURN_TIME * WORKING_KMH * lengthOf(turn)) / (east - west), working: false };
  }
}
