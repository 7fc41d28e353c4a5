import type { LngLat } from '../../shared/registry.ts';
import { distance, type Plane, type Point } from '../season/plane.ts';

/** Where a machine truly is at an instant. */
export interface Spot {
  lng: number;
  lat: number;
  headingDeg: number;
  speedKmh: number;
}

/** A stretch of time in which a machine does one thing. `asleep`: parked for the night, its terminal too. `broken`: until it is repaired. */
export interface Leg {
  from: number;
  to: number;
  pace: 'moving' | 'standing' | 'asleep';
  working: boolean;
  broken?: true;
  spotAt(at: number): Spot;
}

export const stand = (spot: Spot, from: number, to: number, asleep = false): Leg => {
  const still = { ...spot, speedKmh: 0 };
  return { from, to, pace: asleep ? 'asleep' : 'standing', working: false, spotAt: () => still };
};

export const lengthOf = (points: readonly Point[]): number =>
  points.reduce((sum, point, i) => (i === 0 ? 0 : sum + distance(points[i - 1], point)), 0);

export interface Way {
  plane: Plane;
  points: readonly Point[];
  speedKmh: number;
  working: boolean;
}

/** Drives along a line of at least two points at one speed. Asked in rising order of time, as a device samples. */
export function drive({ plane, points, speedKmh, working }: Way, from: number): Leg {
  const perMs = speedKmh / 3600;
  const reached = [from];
  for (let i = 1; i < points.length; i++) reached.push(reached[i - 1] + distance(points[i - 1], points[i]) / perMs);
  const to = reached.at(-1)!;
  let i = 1;
  const spotAt = (at: number): Spot => {
    if (at < reached[i - 1]) i = 1;
    while (i < points.length - 1 && reached[i] < at) i++;
    const [start, end] = [points[i - 1], points[i]];
    const share = reached[i] > reached[i - 1] ? Math.min(1, (at - reached[i - 1]) / (reached[i] - reached[i - 1])) : 1;
    const [lng, lat]: LngLat = plane.toLngLat([start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share]);
    return { lng, lat, headingDeg: compass(start, end), speedKmh };
  };
  return { from, to, pace: 'moving', working, spotAt };
}

/** Clockwise from north. */
const compass = (from: Point, to: Point): number => {
  const degrees = (Math.atan2(to[0] - from[0], to[1] - from[1]) * 180) / Math.PI;
  return degrees < 0 ? degrees + 360 : degrees;
};

/** The line cut in two after so many metres. */
export function cutAfter(points: readonly Point[], metres: number): [Point[], Point[]] {
  let rest = metres;
  for (let i = 1; i < points.length; i++) {
    const [start, end] = [points[i - 1], points[i]];
    const length = distance(start, end);
    if (rest < length) {
      const cut: Point = [start[0] + ((end[0] - start[0]) * rest) / length, start[1] + ((end[1] - start[1]) * rest) / length];
      return [
        [...points.slice(0, i), cut],
        [cut, ...points.slice(i)],
      ];
    }
    rest -= length;
  }
  return [[...points], []];
}
