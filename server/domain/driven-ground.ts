import type { Fix } from '../../shared/fix.ts';
import { DRIFTING_PER_WIDTH, driftOf } from './error-band.ts';
import { metresBetween } from './local-frame.ts';
import { passSpacingOf } from './pass-spacing.ts';
import { comparePaintOrder, type Swath } from './swath.ts';

/** What the swaths of a field say when their places cannot be trusted to the metre. */
export interface DrivenGround {
  /** Length × width of the way, without the zigzag that noise adds to it. */
  drivenM2: number;
  /** Leaps tear the way apart, and its length proves nothing. */
  torn: boolean;
  /** The distances between its passes scatter by more than a driver's hand could make them. */
  drifts: boolean;
}

/** Fixes of so long a time become one place: noise that differs from fix to fix averages out, and passes are longer than that. */
const AVERAGED_MS = 12_000;
/** Torn: more than this share of the way in pieces shorter than that. */
const TORN_SHARE = 0.3;

/** The same in whatever order and under whatever random outbox id the swaths come. */
export function drivenGroundOf(swaths: Iterable<Swath>): DrivenGround {
  const runs = runsOf(swaths);
  let [drivenM2, wholeM2, tornM2, lengthM] = [0, 0, 0, 0];
  for (const run of runs) {
    const alongM = run.reduce((sum, { ax, ay, bx, by }) => sum + metresBetween(ax, ay, bx, by), 0);
    const groundM2 = run.reduce((sum, { ax, ay, bx, by, widthM }) => sum + metresBetween(ax, ay, bx, by) * widthM, 0);
    lengthM += alongM;
    wholeM2 += groundM2;
    if (Math.abs(run[run.length - 1].timeB - run[0].timeA) < AVERAGED_MS) tornM2 += groundM2;
    if (alongM > 0) drivenM2 += groundM2 * Math.min(1, averagedMetres(run) / alongM);
  }
  const spacing = passSpacingOf(runs.map(fixesOf));
  const drifts = spacing !== null && driftOf([], spacing)! > (DRIFTING_PER_WIDTH * wholeM2) / lengthM;
  return { drivenM2, torn: tornM2 > TORN_SHARE * wholeM2, drifts };
}

/** Swaths that follow each other without a break. */
function runsOf(swaths: Iterable<Swath>): Swath[][] {
  const runs: Swath[][] = [];
  const open = new Map<string, Swath[]>();
  for (const swath of [...swaths].sort(comparePaintOrder)) {
    const key = `${swath.machine} ${swath.outboxSince}`;
    const run = open.get(key);
    if (run !== undefined && run[run.length - 1].seqB === swath.seqA) {
      run.push(swath);
      continue;
    }
    const begun = [swath];
    runs.push(begun);
    open.set(key, begun);
  }
  return runs;
}

/** The way through the averaged places; what lies before the first and after the last of them is added by time. */
function averagedMetres(run: readonly Swath[]): number {
  const places: { since: number; lng: number; lat: number; time: number; count: number }[] = [];
  for (const { lng, lat, fixTime } of fixesOf(run)) {
    let place = places[places.length - 1];
    if (place === undefined || Math.abs(fixTime - place.since) >= AVERAGED_MS) {
      place = { since: fixTime, lng: 0, lat: 0, time: 0, count: 0 };
      places.push(place);
    }
    place.lng += lng;
    place.lat += lat;
    place.time += fixTime;
    place.count++;
  }
  let [metres, ms] = [0, 0];
  for (let i = 1; i < places.length; i++) {
    const [a, b] = [places[i - 1], places[i]];
    metres += metresBetween(a.lng / a.count, a.lat / a.count, b.lng / b.count, b.lat / b.count);
    ms += Math.abs(b.time / b.count - a.time / a.count);
  }
  const wholeMs = Math.abs(run[run.length - 1].timeB - run[0].timeA);
  return ms > 0 ? (metres * wholeMs) / ms : Number.POSITIVE_INFINITY;
}

const fixesOf = (run: readonly Swath[]): Fix[] => [
  fixAt(run[0].seqA, run[0].timeA, [run[0].ax, run[0].ay]),
  ...run.map(({ seqB, timeB, bx, by }) => fixAt(seqB, timeB, [bx, by])),
];

function fixAt(seq: number, fixTime: number, [lng, lat]: readonly [number, number]): Fix {
  return { seq, fixTime, lng, lat, speedKmh: null, headingDeg: null, accuracyM: null, widthM: null, working: null };
}
