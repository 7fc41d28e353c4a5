import type { UnnumberedFix } from '../device/outbox.ts';
import { drive, type Leg, type Spot, type Way } from '../fleet/leg.ts';
import { openRing } from '../fleet/ring.ts';
import { type RouteStyle, routeThrough } from '../fleet/route.ts';
import { type Point, planeAt } from '../season/plane.ts';
import { type Random, randomOf } from '../season/random.ts';
import type { DrillField, DrillMachine } from './drill-season.ts';

/** What takes the next number in an outbox: a fix, a row that cannot be read, or a fix that the device gave up. */
export type Entry = { kind: 'fix'; fix: UnnumberedFix } | { kind: 'malformed'; fixTime: unknown } | { kind: 'thinned' };

const SAMPLE_MS = 2000;
const DAY_MS = 86_400_000;
/** About 0.2 m. */
const NOISE_DEGREES = 2e-6;
/** Chance per fix. */
const CHANCE = { refused: 0.004, malformed: 0.001, thinned: 0.002 };
const LONGEST_THINNED = 20;

export interface WorkOptions {
  seed: number;
  fields: readonly DrillField[];
  /** The first fix's time; all that follow are later. */
  from: number;
}

/**
 * The work of one machine without end: field after field in passes and turns, with what goes wrong on the way. Two machines next to each
 * other in the list meet in every fourth field and do one half each.
 */
export function* fieldWork(machine: DrillMachine, rank: number, { seed, fields, from }: WorkOptions): Generator<Entry> {
  const random = randomOf(seed, 'work', machine.id);
  const hasSwitch = rank % 2 === 0;
  let at = from + random.whole(5000);
  for (let turn = 0; ; turn++) {
    const shared = turn % 4 === 0;
    const place = shared ? (rank >> 1) * 11 + turn * 5 : rank * 7 + turn * 3 + 1;
    const half = shared ? ((rank % 2) as 0 | 1) : null;
    for (const leg of legsThrough(fields[place % fields.length], { machine, half, random }, at)) {
      for (; at < leg.to; at += SAMPLE_MS)
        yield* withMishaps(fixOf(leg.spotAt(at), at, { machine, working: hasSwitch ? leg.working : null, random }), random);
    }
    // Either it drives over with the terminal off, or the terminal skips the way in no time: refused as a jump until three agree.
    at += random.next() < 0.5 ? 20 * 60_000 : 0;
  }
}

/** Half of the machines send no width and no switch, so that work must be found by evidence. */
function fixOf(spot: Spot, at: number, { machine, working, random }: { machine: DrillMachine; working: boolean | null; random: Random }) {
  return {
    fixTime: at,
    lng: spot.lng + random.normal() * NOISE_DEGREES,
    lat: spot.lat + random.normal() * NOISE_DEGREES,
    speedKmh: spot.speedKmh,
    headingDeg: spot.headingDeg,
    accuracyM: random.between(0.5, 3),
    widthM: working === null ? null : machine.widthM,
    working: working === null ? null : working ? (1 as const) : (0 as const),
  };
}

interface Crew {
  machine: DrillMachine;
  half: RouteStyle['half'];
  random: Random;
}

function* legsThrough(field: DrillField, { machine, half, random }: Crew, from: number): Generator<Leg> {
  const plane = planeAt(field.polygon.coordinates[0][0]);
  const rings = field.polygon.coordinates.map(ring => openRing(ring.map(corner => plane.toPoint(corner))));
  const style: RouteStyle = {
    widthM: machine.widthM,
    turnRadiusM: 4,
    headlandLaps: half === null ? 1 : 0,
    lapsLast: random.next() < 0.5,
    half,
  };
  const start: Point = [random.between(-20, 20), random.between(-20, 20)];
  let at = from;
  for (const { points, working } of routeThrough(rings, style, start)) {
    const way: Way = { plane, points, speedKmh: working ? 4.5 : 3.8, working };
    const leg = drive(way, at);
    yield leg;
    at = leg.to;
  }
}

function* withMishaps(fix: UnnumberedFix, random: Random): Generator<Entry> {
  const chance = random.next();
  if (chance < CHANCE.refused) yield { kind: 'fix', fix: spoiled(fix, random) };
  else if (chance < CHANCE.refused + CHANCE.malformed) yield { kind: 'malformed', fixTime: random.pick(['noon', -1, null, {}]) };
  else if (chance < CHANCE.refused + CHANCE.malformed + CHANCE.thinned) {
    for (let left = 1 + random.whole(LONGEST_THINNED); left > 0; left--) yield { kind: 'thinned' };
  }
  yield { kind: 'fix', fix };
}

/** Refused whenever it is asked: in the far future, far away, inaccurate, outside, or several of these. */
function spoiled(fix: UnnumberedFix, random: Random): UnnumberedFix {
  const far = { lng: fix.lng + 0.6, lat: fix.lat - 0.3 };
  return random.pick([
    { ...fix, fixTime: fix.fixTime + 3650 * DAY_MS },
    { ...fix, ...far },
    { ...fix, accuracyM: 250 },
    { ...fix, lng: 2.35, lat: 48.86 },
    { ...fix, ...far, accuracyM: 500 },
  ]);
}
