import type { Place } from '../../shared/measurement.ts';
import type { WorkState } from '../../shared/registry.ts';
import { LivePlace } from './live-place.ts';
import { type MeasuredWidth, widthSoFarOf } from './measured-width.ts';
import type { MeasuredTrack, MeasureOptions } from './measurement.ts';
import { SPACING_PER_WIDTH } from './pass-spacing.ts';
import { WorkedGround, type WorkedRegion } from './worked-ground.ts';

export interface FixLabel {
  seq: number;
  workState: WorkState;
  place: Place;
  /** In or beside a field that is known. */
  inField: boolean;
}

interface FoldedState {
  workState: WorkState;
  inField: boolean;
}

export interface TrackLabels {
  /** By the whole track. */
  final: FixLabel[][];
  /** The final ones, or the causal ones when these are asked for. */
  asked: FixLabel[][];
  /** Worked ground outside of every field. */
  regions: WorkedRegion[];
}

interface Known {
  options: MeasureOptions;
  width: MeasuredWidth;
  /** What the fold said of each fix. */
  inFields: readonly FoldedState[][];
}

/** Field or road for every fix: by the boundary where there is one, else by the ground that the machines worked. */
export function labelTracks(tracks: readonly MeasuredTrack[], { options, width, inFields }: Known): TrackLabels {
  const [first] = tracks[0].fixes;
  const ground = new WorkedGround(first.lng, first.lat, width.spacing?.medianM ?? width.value * SPACING_PER_WIDTH);
  for (const [i, { fixes }] of tracks.entries()) {
    for (const [at, fix] of fixes.entries()) ground.add(inFields[i][at].inField ? null : fix);
    ground.add(null);
  }
  const final = tracks.map(({ fixes }, i) =>
    fixes.map((fix, at) => labelOf(fix.seq, inFields[i][at], ground.isWorked(fix.lng, fix.lat) ? 'field' : 'road')),
  );
  const asked = options.live ? tracks.map((track, i) => liveLabels(track, options, inFields[i])) : final;
  return { final, asked, regions: ground.regions() };
}

function liveLabels(track: MeasuredTrack, options: MeasureOptions, states: readonly FoldedState[]): FixLabel[] {
  const live = new LivePlace(track.fixes[0], widthSoFarOf(track, options.widthM) * SPACING_PER_WIDTH);
  return track.fixes.map((fix, at) => labelOf(fix.seq, states[at], live.take(fix)));
}

/** A moving machine on worked ground is working there, though no boundary says so. */
function labelOf(seq: number, { workState, inField }: FoldedState, place: Place): FixLabel {
  if (inField) return { seq, workState, place: 'field', inField };
  return { seq, workState: workState === 'travelling' && place === 'field' ? 'working' : workState, place, inField };
}
