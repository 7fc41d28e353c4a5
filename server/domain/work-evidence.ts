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
const MOST_KNOWN_FIELDS = 8;

/** A swath that is not yet known to be work: seqA, seqB, timeA, timeB, ax, ay, bx, by, widthM. */
export type HeldSwath = [number, number, number, number, number, number, number, number, number];

export interface WorkEvidenceState {
  proven: boolean;
  pathM: number;
  /** west, south, east, north of the own track in this visit. */
  extent: [number, number, number, number] | null;
  held: HeldSwath[];
  /** Fields in which this outbox has proven work: coming back to one needs no new proof. */
  known: string[];
}

/** The held swaths themselves are never written to. */
const copyOf = (state: WorkEvidenceState): WorkEvidenceState => ({
  ...state,
  extent: state.extent && [...state.extent],
  held: [...state.held],
  known: [...state.known],
});

const asHeld = (s: Swath): HeldSwath => [s.seqA, s.seqB, s.timeA, s.timeB, s.ax, s.ay, s.bx, s.by, s.widthM];

/** Without a switch, what a machine does in a field is work only when its track shows it: by its length against the field or its own extent. */
export class WorkEvidence {
  private now: WorkEvidenceState;

  constructor(saved?: WorkEvidenceState) {
    this.now = saved ? copyOf(saved) : { proven: false, pathM: 0, extent: null, held: [], known: [] };
  }

  get proven(): boolean {
    return this.now.proven;
  }

  state(): WorkEvidenceState {
    return copyOf(this.now);
  }

  /** A new visit: what the last one held without proof was transit and is dropped. `key` names field and operation. */
  begin(key: string | null): void {
    const { known } = this.now;
    this.now = { proven: key !== null && known.includes(key), pathM: 0, extent: null, held: [], known };
  }

  /** A leg driven in the field. */
  addLeg(legM: number, lng: number, lat: number, polygon: Polygon): boolean {
    if (this.now.proven) return false;
    const extent = this.now.extent;
    if (extent === null) {
      this.now.extent = [lng, lat, lng, lat];
      return false;
    }
    if (lng < extent[0]) extent[0] = lng;
    if (lat < extent[1]) extent[1] = lat;
    if (lng > extent[2]) extent[2] = lng;
    if (lat > extent[3]) extent[3] = lat;
    this.now.pathM += legM;
    const path = this.now.pathM;
    if (path > PATH_PER_CROSSING * longestCrossingM(polygon)) return true;
    return path >= SHORTEST_DENSE_PATH_M && path > PATH_PER_EXTENT * metresBetween(extent[0], extent[1], extent[2], extent[3]);
  }

  /** From now on the visit is work. */
  prove(key: string): HeldSwath[] {
    const { held, known } = this.now;
    this.now.proven = true;
    this.now.held = [];
    this.now.known = [...known.filter(other => other !== key), key].slice(-MOST_KNOWN_FIELDS);
    return held;
  }

  hold(swath: Swath): void {
    this.now.held.push(asHeld(swath));
    if (this.now.held.length >= MOST_HELD) this.now.held = joinPairs(this.now.held);
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
