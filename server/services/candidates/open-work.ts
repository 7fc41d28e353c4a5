import type { Fix } from '../../../shared/fix.ts';
import type { Operation } from '../../../shared/season.ts';
import { LivePlace } from '../../domain/live-place.ts';
import { frameAt, metresBetween } from '../../domain/local-frame.ts';
import { SPACING_PER_WIDTH } from '../../domain/pass-spacing.ts';
import type { StoredSpot } from '../../stores/candidates.ts';
import type { FoldedOutbox } from '../fold.ts';
import type { Registry } from '../registry.ts';

/** Work farther than this from the box of a spot is another spot. */
const SAME_SPOT_M = 80;
/** A step that takes longer, or stays shorter, is no work. */
const LONGEST_STEP_MS = 60_000;
const SHORTEST_STEP_M = 0.3;
/** On the road the ground that was visited is forgotten after so many fixes, so that a day's drive does not fill the memory. */
const MOST_ON_ROAD = 3000;
/** A machine works in one outbox; others are drained beside it. A terminal with a broken clock has forty. */
const MOST_TRACKS_A_MACHINE = 4;

interface Track {
  live: LivePlace;
  operation: Operation;
  spacingM: number;
  /** Where the stretch outside of fields begins. */
  fromSeq: number;
  taken: number;
  last: Fix;
  /** Since when it works; null: it does not. */
  since: number | null;
  spot: StoredSpot | null;
}

/** Work outside of every field while it happens: for the eye at once, and as spots at which candidate fields are to be looked for. */
export class OpenWork {
  readonly spots = new Map<string, StoredSpot>();
  /** By machine and outbox, the one that was heard of last at the end. */
  private readonly tracks = new Map<string, Map<string, Track>>();
  private changed = new Set<StoredSpot>();

  constructor(private readonly registry: Pick<Registry, 'machines' | 'season'>) {}

  load(spots: readonly StoredSpot[]): void {
    for (const spot of spots) if (!this.spots.has(spot.id)) this.spots.set(spot.id, spot);
  }

  /** A batch that was folded. */
  take({ machine, outbox, fold }: FoldedOutbox, fixes: readonly Fix[]): void {
    const last = fixes.at(-1);
    if (!last) return;
    const tracks = this.tracks.get(machine) ?? new Map<string, Track>();
    let track = tracks.get(outbox);
    tracks.delete(outbox);
    const implement =
      fold.fieldId === null ? this.registry.machines.get(machine)?.implements.findLast(one => one.from <= last.fixTime) : null;
    const operation = implement?.operation ?? null;
    if (!implement || operation === null) return;
    if (track?.operation !== operation) track = newTrack(fixes[0], operation, implement.workingWidthM * SPACING_PER_WIDTH);
    this.tracks.set(machine, tracks.set(outbox, track));
    if (tracks.size > MOST_TRACKS_A_MACHINE) tracks.delete(tracks.keys().next().value!);
    for (const fix of fixes) this.step(track, fix, { machine, outbox });
  }

  /** Since when the outbox's machine works on ground that no field is known for; null: it does not. */
  since = (machine: string, outbox: string): number | null => this.tracks.get(machine)?.get(outbox)?.since ?? null;

  /** Spots that changed since the last call; `giveBack` what could not be saved. */
  takeChanged(): StoredSpot[] {
    const changed = [...this.changed];
    this.changed = new Set();
    return changed;
  }
  giveBack(spots: readonly StoredSpot[]): void {
    for (const spot of spots) this.changed.add(spot);
  }

  /** Nothing was found there: it was a road that was driven slowly. Work that goes on there makes it anew. */
  drop(spots: readonly StoredSpot[]): void {
    const gone = new Set(spots);
    for (const spot of spots) {
      this.spots.delete(spot.id);
      this.changed.delete(spot);
    }
    for (const tracks of this.tracks.values())
      for (const track of tracks.values()) if (track.spot !== null && gone.has(track.spot)) track.spot = null;
  }

  /** The same stretch by another operation: its implement was corrected. */
  asOther(spot: StoredSpot, operation: Operation): StoredSpot {
    const { machine, outbox, from } = spot;
    const isSame = (one: StoredSpot) =>
      one.operation === operation && one.machine === machine && one.outbox === outbox && one.from === from;
    const other = [...this.spots.values()].find(isSame) ?? { ...spot, id: `${spot.id}/${operation}`, operation };
    this.spots.set(other.id, other);
    return other;
  }

  private step(track: Track, fix: Fix, of: { machine: string; outbox: string }): void {
    const { last } = track;
    const place = track.live.take(fix);
    track.last = fix;
    track.taken++;
    const isWork = fix.working === null ? place === 'field' : fix.working === 1;
    if (!isWork) track.since = null;
    else track.since ??= fix.fixTime;
    const stepMs = Math.abs(fix.fixTime - last.fixTime);
    if (isWork && stepMs <= LONGEST_STEP_MS && metresBetween(last.lng, last.lat, fix.lng, fix.lat) >= SHORTEST_STEP_M)
      this.note(track, fix, { ...of, stepMs });
    if (place === 'road' && track.taken >= MOST_ON_ROAD) Object.assign(track, newTrack(fix, track.operation, track.spacingM));
  }

  private note(track: Track, fix: Fix, { machine, outbox, stepMs }: { machine: string; outbox: string; stepMs: number }): void {
    if (track.spot === null || !isNear(track.spot.box, fix)) track.spot = this.spotAt(track, fix, { machine, outbox });
    const { spot } = track;
    spot.box = [
      Math.min(spot.box[0], fix.lng),
      Math.min(spot.box[1], fix.lat),
      Math.max(spot.box[2], fix.lng),
      Math.max(spot.box[3], fix.lat),
    ];
    spot.toSeq = Math.max(spot.toSeq, fix.seq);
    spot.from = Math.min(spot.from, fix.fixTime);
    spot.to = Math.max(spot.to, fix.fixTime);
    spot.workedMs += stepMs;
    this.changed.add(spot);
  }

  /** What is folded again after a restart finds the spot that it made before. */
  private spotAt(track: Track, fix: Fix, { machine, outbox }: { machine: string; outbox: string }): StoredSpot {
    const known = [...this.spots.values()].find(
      spot =>
        spot.machine === machine &&
        spot.outbox === outbox &&
        spot.operation === track.operation &&
        spot.fromSeq <= fix.seq &&
        isNear(spot.box, fix),
    );
    if (known) return known;
    const spot: StoredSpot = {
      id: `${machine}/${outbox}/${fix.seq}`,
      year: this.registry.season?.year ?? 0,
      machine,
      outbox,
      operation: track.operation,
      box: [fix.lng, fix.lat, fix.lng, fix.lat],
      fromSeq: track.fromSeq,
      toSeq: fix.seq,
      from: fix.fixTime,
      to: fix.fixTime,
      workedMs: 0,
      searchedSeq: 0,
      searchedTo: fix.fixTime,
    };
    this.spots.set(spot.id, spot);
    return spot;
  }
}

const newTrack = (fix: Fix, operation: Operation, spacingM: number): Track => ({
  live: new LivePlace(fix, spacingM),
  operation,
  spacingM,
  fromSeq: fix.seq,
  taken: 0,
  last: fix,
  since: null,
  spot: null,
});

function isNear([west, south, east, north]: StoredSpot['box'], { lng, lat }: Fix): boolean {
  const { metresPerLng, metresPerLat } = frameAt(lng, lat);
  const [x, y] = [SAME_SPOT_M / metresPerLng, SAME_SPOT_M / metresPerLat];
  return lng >= west - x && lng <= east + x && lat >= south - y && lat <= north + y;
}
