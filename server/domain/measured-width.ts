import type { WidthSource } from '../../shared/measurement.ts';
import type { MeasuredTrack } from './measurement.ts';
import { type PassSpacing, passSpacingOf, widthOfSpacing } from './pass-spacing.ts';

/** The header of most combines that travel with the wheat, when nothing says anything of the width. */
const USUAL_WIDTH_M = 2.5;

export interface MeasuredWidth {
  value: number;
  source: WidthSource;
  spacing: PassSpacing | null;
}

/** What the fixes send, else what is given, else what the distance between passes says. */
export function measuredWidthOf(tracks: readonly MeasuredTrack[], givenM: number | null): MeasuredWidth {
  const sent = tracks.flatMap(({ fixes }) => fixes.flatMap(({ widthM, working }) => (widthM !== null && working !== 0 ? [widthM] : [])));
  const spacing = passSpacingOf(tracks.map(({ fixes }) => fixes));
  if (sent.length > 0) return { value: sent.sort((a, b) => a - b)[sent.length >> 1], source: 'fixes', spacing };
  if (givenM !== null) return { value: givenM, source: 'given', spacing };
  // To the centimetre, as widths are kept.
  if (spacing !== null) return { value: Math.round(widthOfSpacing(spacing) * 100) / 100, source: 'spacing', spacing };
  return { value: USUAL_WIDTH_M, source: 'assumed', spacing };
}

/** For what is decided fix by fix, when nothing can be known of passes to come. */
export const widthSoFarOf = ({ fixes }: MeasuredTrack, givenM: number | null): number => fixes[0].widthM ?? givenM ?? USUAL_WIDTH_M;
