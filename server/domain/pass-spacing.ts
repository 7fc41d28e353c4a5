import type { Fix } from '../../shared/fix.ts';
import { isGap, usualInterval } from './gap.ts';
import { frameAt, type LocalFrame, metresBetween } from './local-frame.ts';

/**
 * Passes overlap, so that nothing is left standing. Published means are 3 to 10 % of the width; between the passes to the left and to the
 * right of a third one, where its own wandering cancels, it is the lower end: 2 to 6 % on ten fields of one wide harvester.
 */
export const SPACING_PER_WIDTH = 0.96;

/** Shorter legs have the direction of the noise. */
const SHORTEST_LEG_M = 4;
/** A neighbour runs within this angle of the pass, either way. */
const PARALLEL_DEGREES = 15;
/** No implement is wider, and no neighbouring pass farther away. */
const FARTHEST_M = 30;
/** Nearer than this it is the same pass driven again. */
const NEAREST_M = 0.6;
/** The machine needs so long at least to come back beside itself. */
const APART_MS = 15_000;
/** A spacing of less or more than so many times the usual one is no spacing: a pass driven twice, a pass left out. */
const TRUSTED = { from: 0.5, to: 1.6 };
const FEWEST_SAMPLES = 12;

interface Leg {
  track: number;
  x: number;
  y: number;
  dx: number;
  dy: number;
  lengthM: number;
  time: number;
}

export interface PassSpacing {
  medianM: number;
  /** Half of the distance between the quartiles, by the median. */
  spread: number;
  samples: number;
}

/**
 * How far apart neighbouring passes are: at a leg with a neighbour on either side, half of the distance from one neighbour to the other.
 * Machines that share a field are given together, as their passes lie side by side. Null when too few run so. Fixes with the header up are
 * left out.
 */
export function passSpacingOf(tracks: readonly (readonly Fix[])[]): PassSpacing | null {
  const origin = tracks.find(fixes => fixes.length > 0)?.[0];
  if (origin === undefined) return null;
  const frame = frameAt(origin.lng, origin.lat);
  const legs = tracks.flatMap((fixes, track) => legsOf(fixes, track, frame));
  const near = new LegGrid(legs);
  const found: number[] = [];
  for (const leg of legs) {
    const [left, right] = nearestOnBothSides(leg, near);
    if (left + right <= 2 * FARTHEST_M) found.push((left + right) / 2);
  }
  if (found.length < FEWEST_SAMPLES) return null;
  return trustedSpacing(found.sort((a, b) => a - b));
}

function trustedSpacing(found: readonly number[]): PassSpacing {
  let trusted = found;
  for (let round = 0; round < 4; round++) {
    const middle = quantile(trusted, 0.5);
    const next = found.filter(each => each >= TRUSTED.from * middle && each <= TRUSTED.to * middle);
    if (next.length === trusted.length || next.length < FEWEST_SAMPLES) break;
    trusted = next;
  }
  const medianM = quantile(trusted, 0.5);
  return { medianM, spread: (quantile(trusted, 0.75) - quantile(trusted, 0.25)) / 2 / medianM, samples: trusted.length };
}

/** Working width of a machine whose passes lie so far apart. */
export const widthOfSpacing = (spacing: PassSpacing): number => spacing.medianM / SPACING_PER_WIDTH;

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

function legsOf(fixes: readonly Fix[], track: number, frame: LocalFrame): Leg[] {
  const legs: Leg[] = [];
  let from = fixes[0];
  let usualMs: number | null = null;
  for (let i = 1; i < fixes.length; i++) {
    const [before, fix] = [fixes[i - 1], fixes[i]];
    const stepM = metresBetween(before.lng, before.lat, fix.lng, fix.lat);
    const stepMs = Math.abs(fix.fixTime - before.fixTime);
    const broken = isGap(stepM, stepMs, usualMs) || (fix.working === 0 && before.working === 0);
    if (stepM > 0.5 && stepMs > 0) usualMs = usualInterval(usualMs, stepMs);
    if (broken) {
      from = fix;
      continue;
    }
    const leg = { track, ...legBetween(from, fix, frame) };
    if (leg.lengthM < SHORTEST_LEG_M) continue;
    legs.push(leg);
    from = fix;
  }
  return legs;
}

function legBetween(a: Fix, b: Fix, { lng0, lat0, metresPerLng, metresPerLat }: LocalFrame): Omit<Leg, 'track'> {
  const dx = (b.lng - a.lng) * metresPerLng;
  const dy = (b.lat - a.lat) * metresPerLat;
  const lengthM = Math.sqrt(dx * dx + dy * dy);
  return {
    x: ((a.lng + b.lng) / 2 - lng0) * metresPerLng,
    y: ((a.lat + b.lat) / 2 - lat0) * metresPerLat,
    dx: dx / (lengthM || 1),
    dy: dy / (lengthM || 1),
    lengthM,
    time: (a.fixTime + b.fixTime) / 2,
  };
}

/** Distance to the next parallel pass on the left and on the right of a leg's middle; infinite where there is none. */
function nearestOnBothSides(leg: Leg, legs: LegGrid): [left: number, right: number] {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.POSITIVE_INFINITY;
  const parallel = Math.cos((PARALLEL_DEGREES * Math.PI) / 180);
  for (const other of legs.around(leg.x, leg.y)) {
    if (other.track === leg.track && Math.abs(other.time - leg.time) < APART_MS) continue;
    const cos = leg.dx * other.dx + leg.dy * other.dy;
    if (Math.abs(cos) < parallel) continue;
    // Where the line across the leg's middle meets the other leg: its distance, and how far that is from the other's middle.
    const [ox, oy] = [other.x - leg.x, other.y - leg.y];
    const along = -(ox * leg.dx + oy * leg.dy) / cos;
    if (Math.abs(along) > other.lengthM / 2) continue;
    const across = leg.dx * (oy + along * other.dy) - leg.dy * (ox + along * other.dx);
    if (across >= NEAREST_M) left = Math.min(left, across);
    else if (across <= -NEAREST_M) right = Math.min(right, -across);
  }
  return [left, right];
}

/** Legs by square of the ground; one that is longer than a square stands in all that it crosses. */
class LegGrid {
  private readonly squares = new Map<number, Leg[]>();

  constructor(legs: readonly Leg[]) {
    for (const leg of legs) {
      const steps = Math.max(1, Math.ceil(leg.lengthM / FARTHEST_M));
      let last = Number.NaN;
      for (let i = 0; i <= steps; i++) {
        const t = (i / steps - 0.5) * leg.lengthM;
        const square = squareOf(Math.floor((leg.x + t * leg.dx) / FARTHEST_M), Math.floor((leg.y + t * leg.dy) / FARTHEST_M));
        if (square === last) continue;
        last = square;
        const own = this.squares.get(square);
        if (own) own.push(leg);
        else this.squares.set(square, [leg]);
      }
    }
  }

  /** Every leg within the farthest distance, some of them twice, and some beyond it. */
  *around(x: number, y: number): Iterable<Leg> {
    const [column, row] = [Math.floor(x / FARTHEST_M), Math.floor(y / FARTHEST_M)];
    for (let i = column - 1; i <= column + 1; i++) {
      for (let j = row - 1; j <= row + 1; j++) yield* this.squares.get(squareOf(i, j)) ?? [];
    }
  }
}

const squareOf = (column: number, row: number): number => (column + 1e6) * 4e6 + row + 1e6;
