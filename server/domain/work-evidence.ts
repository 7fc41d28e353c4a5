import type { Polygon } from '../../shared/registry.ts';
import { longestCrossingM } from './field-shape.ts';
import { metresBetween } from './local-frame.ts';
import type { Swath } from './swath.ts';

/** Faster than this nobody cuts or sows. The reverse does not hold: road speed is often lower than working speed. */
export const FASTEST_WORK_M_PER_S = 12 / 3.6;

/** A machine that only crosses a field drives at most its longest crossing. */
const PATH_PER_CROSSING = 1.2;
/** One that goes to and fro drives many times the extent of its own track, also in a corner of a large field. */
const PATH_PER_EXTENT = 2.5;
const SHORTEST_DENSE_PATH_M = 100;
const MOST_HELD = 256;
const MOST_KNOWN = 8;
/** A turn outside of the field takes no longer. */
const TURN_MS = 120_000;
const MOST_LEFT = 3;

/** A swath that is not yet known to be work: seqA, seqB, timeA, timeB, ax, ay, bx, by, widthM. */
export type HeldSwath = [number, number, number, number, number, number, number, number, number];

/** What speaks for work in one visit of a field. */
interface Visit {
  /** Operation and field; null outside of fields. */
  key: string | null;
  proven: boolean;
  pathM: number;
  /** west, south, east, north of the own track in this visit. */
  extent: [number, number, number, number] | null;
  held: HeldSwath[];
}

export interface WorkEvidenceState {
  visit: Visit;
  /** Visits without proof that were left a moment ago: headland turns are often driven outside of the field. */
  left: { at: number; visit: Visit }[];
  /** Where this outbox has proven work: coming back there needs no new proof. */
  known: string[];
}

const visitOf = (key: string | null, proven: boolean): Visit => ({ key, proven, pathM: 0, extent: null, held: [] });

/** The held swaths themselves are never written to. */
const copyOfVisit = (visit: Visit): Visit => ({ ...visit, extent: visit.extent && [...visit.extent], held: [...visit.held] });
const copyOf = ({ visit, left, known }: WorkEvidenceState): WorkEvidenceState => ({
  visit: copyOfVisit(visit),
  left: left.map(each => ({ at: each.at, visit: copyOfVisit(each.visit) })),
  known: [...known],
});

const asHeld = (s: Swath): HeldSwath => [s.seqA, s.seqB, s.timeA, s.timeB, s.ax, s.ay, s.bx, s.by, s.widthM];

/** Without a switch, what a machine does in a field is work only when its track shows it: by its length against the field or its own extent. */
export class WorkEvidence {
  private now: WorkEvidenceState;

  constructor(saved?: WorkEvidenceState) {
    this.now = saved ? copyOf(saved) : { visit: visitOf(null, false), left: [], known: [] };
  }

  get proven(): boolean {
    return this.now.visit.proven;
  }

  state(): WorkEvidenceState {
    return copyOf(this.now);
  }

  /** Another field or none. A visit left without proof waits a moment for the machine to turn round; then it was transit, and is dropped. */
  begin(key: string | null, time: number): void {
    const { visit, known } = this.now;
    const left = this.now.left.filter(each => Math.abs(time - each.at) <= TURN_MS && each.visit.key !== visit.key);
    if (visit.key !== null && !visit.proven) left.push({ at: time, visit });
    const back = left.find(each => each.visit.key === key);
    this.now.visit = back?.visit ?? visitOf(key, key !== null && known.includes(key));
    this.now.left = left.filter(each => each !== back).slice(-MOST_LEFT);
  }

  /** A leg driven in the field. Returns true when it completes the proof. */
  addLeg(legM: number, lng: number, lat: number, polygon: Polygon): boolean {
    const { visit } = this.now;
    if (visit.proven) return false;
    visit.extent ??= [lng, lat, lng, lat];
    const extent = visit.extent;
    if (lng < extent[0]) extent[0] = lng;
    if (lat < extent[1]) extent[1] = lat;
    if (lng > extent[2]) extent[2] = lng;
    if (lat > extent[3]) extent[3] = lat;
    visit.pathM += legM;
    if (visit.pathM > PATH_PER_CROSSING * longestCrossingM(polygon)) return true;
    return (
      visit.pathM >= SHORTEST_DENSE_PATH_M && visit.pathM > PATH_PER_EXTENT * metresBetween(extent[0], extent[1], extent[2], extent[3])
    );
  }

  /** From now on the visit is work; hands out what was held. */
  prove(): HeldSwath[] {
    const { visit, known } = this.now;
    const { held, key } = visit;
    visit.proven = true;
    visit.held = [];
    if (key !== null) this.now.known = [...known.filter(other => other !== key), key].slice(-MOST_KNOWN);
    return held;
  }

  hold(swath: Swath): void {
    const { visit } = this.now;
    visit.held.push(asHeld(swath));
    if (visit.held.length >= MOST_HELD) visit.held = joinPairs(visit.held);
  }
}

/** Every two swaths that follow each other become one: half as many, at the price of cutting corners of a few metres. */
function joinPairs(held: readonly HeldSwath[]): HeldSwath[] {
  const joined: HeldSwath[] = [];
  for (let i = 0; i < held.length; i++) {
    const a = held[i];
    const b = held[i + 1];
    if (b !== undefined && b[0] === a[1] && b[8] === a[8]) {
      joined.push([a[0], b[1], a[2], b[3], a[4], a[5], b[6], b[7], a[8]]);
      i++;
    } else joined.push(a);
  }
  return joined;
}
