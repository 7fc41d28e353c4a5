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
  /** The distances between its passes scatter, or the way jitters, by more than a driver's hand could make them. */
  drifts: boolean;
}

/** Fixes of so long a time become one place: noise that differs from fix to fix averages out, and passes are longer than that. */
const AVERAGED_MS = 12_000;
/** No driver's way is so much longer than that through the averaged places. */
const ZIGZAG = 1.3;
/** Torn: more than this share of the way in pieces shorter than that. */
const TORN_SHARE = 0.3;

/** The same in whatever order and under whatever random outbox id the swaths come. */
export function drivenGroundOf(swaths: Iterable<Swath>): DrivenGround {
  const runs = runsOf(swaths).map(run => ({ run, places: averagedPlaces(run) }));
  let [drivenM2, wholeM2, tornM2, lengthM] = [0, 0, 0, 0];
  for (const { run, places } of runs) {
    const alongM = run.reduce((sum, { ax, ay, bx, by }) => sum + metresBetween(ax, ay, bx, by), 0);
    const groundM2 = run.reduce((sum, { ax, ay, bx, by, widthM }) => sum + metresBetween(ax, ay, bx, by) * widthM, 0);
    lengthM += alongM;
    wholeM2 += groundM2;
    if (Math.abs(run[run.length - 1].timeB - run[0].timeA) < AVERAGED_MS) tornM2 += groundM2;
    if (alongM > 0) drivenM2 += groundM2 * Math.min(1, averagedMetres(run, places) / alongM);
  }
  const spacing = passSpacingOf(runs.map(({ places }) => places));
  const scatters = spacing !== null && driftOf([], spacing)! > (DRIFTING_PER_WIDTH * wholeM2) / lengthM;
  const drifts = scatters || wholeM2 > ZIGZAG * drivenM2;
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

function averagedPlaces(run: readonly Swath[]): Fix[] {
  const places: Fix[] = [];
  let [since, count] = [0, 0];
  const take = (seq: number, time: number, lng: number, lat: number): void => {
    const place = places[places.length - 1];
    if (place === undefined || Math.abs(time - since) >= AVERAGED_MS) {
      places.push({ ...UNSAID, seq, fixTime: time, lng, lat });
      since = time;
      count = 1;
      return;
    }
    count++;
    place.fixTime += (time - place.fixTime) / count;
    place.lng += (lng - place.lng) / count;
    place.lat += (lat - place.lat) / count;
  };
  take(run[0].seqA, run[0].timeA, run[0].ax, run[0].ay);
  for (const { seqB, timeB, bx, by } of run) take(seqB, timeB, bx, by);
  return places;
}

const UNSAID = { speedKmh: null, headingDeg: null, accuracyM: null, widthM: null, working: null };

/** The way through the averaged places; what lies before the first and after the last of them is added by time. */
function averagedMetres(run: readonly Swath[], places: readonly Fix[]): number {
  let [metres, ms] = [0, 0];
  for (let i = 1; i < places.length; i++) {
    const [a, b] = [places[i - 1], places[i]];
    metres += metresBetween(a.lng, a.lat, b.lng, b.lat);
    ms += Math.abs(b.fixTime - a.fixTime);
  }
  const wholeMs = Math.abs(run[run.length - 1].timeB - run[0].timeA);
  return ms > 0 ? (metres * wholeMs) / ms : Number.POSITIVE_INFINITY;
}
