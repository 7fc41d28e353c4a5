import type { EvidencePicture } from '../../../shared/evidence.ts';
import { isGap, STOP_M, usualInterval } from '../gap.ts';
import type { NearTrack } from './evidence.ts';

/** The way is drawn to so much beyond the field, where the machine turned. */
const BEYOND_M = 20;
/** A corner that lies nearer to the line than this is left out: less than the machine's own wandering. */
const FINEST_M = 0.5;
const MOST_POINTS = 12_000;

export interface WaysWanted {
  frame: Pick<EvidencePicture, 'west' | 'south' | 'metresPerLng' | 'metresPerLat'>;
  widthM: number;
  heightM: number;
  /** In the order of the indices. */
  machines: readonly string[];
}
interface Place {
  x: number;
  y: number;
}

/** Where the machines drove in and beside the field, simplified; a way ends where it leaves the picture and at each gap. */
export function waysOf(tracks: readonly NearTrack[], wanted: WaysWanted): EvidencePicture['tracks'] {
  const runs = tracks.map(track => ({ machine: wanted.machines.indexOf(track.machine), runs: runsOf(track, wanted) }));
  let toleranceM = FINEST_M;
  const simplify = () => runs.map(({ machine, runs }) => ({ machine, runs: runs.map(run => simplified(run, toleranceM)) }));
  let drawn = simplify();
  while (drawn.reduce((sum, { runs }) => sum + runs.reduce((points, run) => points + run.length, 0), 0) > MOST_POINTS && toleranceM < 16) {
    toleranceM *= 2;
    drawn = simplify();
  }
  return wanted.machines.flatMap((_, machine) => {
    const own = drawn.filter(each => each.machine === machine).flatMap(({ runs }) => runs.filter(run => run.length > 1).map(stepsOf));
    return own.length > 0 ? [{ machine, runs: own }] : [];
  });
}

function runsOf({ fixes }: NearTrack, { frame, widthM, heightM }: WaysWanted): Place[][] {
  const runs: Place[][] = [];
  let run: Place[] | null = null;
  let before: (Place & { time: number }) | null = null;
  let usualMs: number | null = null;
  for (const { lng, lat, fixTime } of fixes) {
    const here = { x: (lng - frame.west) * frame.metresPerLng, y: (lat - frame.south) * frame.metresPerLat, time: fixTime };
    const stepM = before ? Math.hypot(here.x - before.x, here.y - before.y) : 0;
    const stepMs = before ? Math.abs(fixTime - before.time) : 0;
    const gap = before !== null && isGap(stepM, stepMs, usualMs);
    if (before && stepM >= STOP_M && !gap) usualMs = usualInterval(usualMs, stepMs);
    const isIn = here.x >= -BEYOND_M && here.x <= widthM + BEYOND_M && here.y >= -BEYOND_M && here.y <= heightM + BEYOND_M;
    if (!isIn || gap) run = null;
    if (isIn) {
      if (!run) {
        run = [];
        runs.push(run);
      }
      run.push(here);
    }
    before = here;
  }
  return runs;
}

/** Douglas–Peucker, without recursion: a track has more points than a stack has room. */
export function simplified(points: readonly Place[], toleranceM: number): Place[] {
  if (points.length < 3) return [...points];
  const keep = new Uint8Array(points.length);
  keep[0] = keep[points.length - 1] = 1;
  const open: [number, number][] = [[0, points.length - 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [from, to] = next;
    let farthest = -1;
    let distance = toleranceM;
    for (let i = from + 1; i < to; i++) {
      const off = distanceToLine(points[i], points[from], points[to]);
      if (off <= distance) continue;
      distance = off;
      farthest = i;
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    open.push([from, farthest], [farthest, to]);
  }
  return points.filter((_, i) => keep[i] === 1);
}

function distanceToLine({ x, y }: Place, a: Place, b: Place): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length2 = dx * dx + dy * dy;
  const along = length2 > 0 ? Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length2)) : 0;
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
}

/** Whole decimetres: the first place, then steps. */
function stepsOf(run: readonly Place[]): number[] {
  const steps: number[] = [];
  let [lastX, lastY] = [0, 0];
  for (const { x, y } of run) {
    const [dmX, dmY] = [Math.round(x * 10), Math.round(y * 10)];
    steps.push(dmX - lastX, dmY - lastY);
    [lastX, lastY] = [dmX, dmY];
  }
  return steps;
}
