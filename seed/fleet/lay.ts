import type { Point } from '../season/plane.ts';
import { longDirection, type Ring, spansAt } from './ring.ts';

/** The lie of a field: x runs along it, y across. Straight lines of y follow the bend of a bent strip, so that passes do. */
export interface Lay {
  toLay(point: Point): Point;
  toGround(point: Point): Point;
}

/** Steeper than this the middle line is not the bend of a strip but an odd shape, and passes stay straight. */
const STEEPEST = 0.25;

/** Turned into its long direction, and sheared along the parabola through its middle line; a shear keeps areas. */
export function layOf(ring: Ring): Lay {
  const angle = longDirection(ring);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned = ring.map(([x, y]): Point => [x * cos + y * sin, y * cos - x * sin]);
  const bend = middleLine(turned);
  return {
    toLay([x, y]) {
      const along = x * cos + y * sin;
      return [along, y * cos - x * sin - bend(along)];
    },
    toGround([along, across]) {
      const y = across + bend(along);
      return [along * cos - y * sin, along * sin + y * cos];
    },
  };
}

/** Least squares of a parabola through the middles of nine cross-sections, the slanting ends left out. */
function middleLine(ring: Ring): (x: number) => number {
  const xs = ring.map(([x]) => x);
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [middle, half] = [(west + east) / 2, (east - west) / 2];
  const upright = ring.map(([x, y]): Point => [y, x]);
  const samples: Point[] = [];
  for (let i = -4; i <= 4; i++) {
    const t = i * 0.18;
    const sections = spansAt([upright], middle + t * half);
    if (sections.length === 1) samples.push([t, (sections[0][0] + sections[0][1]) / 2]);
  }
  if (samples.length < 9) return () => 0;
  // The nine t lie evenly around 0, so the sums of odd powers are 0 and the normal equations fall apart.
  const sum = (of: (sample: Point) => number) => samples.reduce((total, sample) => total + of(sample), 0);
  const [t2, t4] = [sum(([t]) => t * t), sum(([t]) => t ** 4)];
  const [y0, y1, y2] = [sum(([, y]) => y), sum(([t, y]) => t * y), sum(([t, y]) => t * t * y)];
  const square = (9 * y2 - t2 * y0) / (9 * t4 - t2 * t2);
  const slope = y1 / t2;
  if ((Math.abs(slope) + 2 * Math.abs(square)) / half > STEEPEST) return () => 0;
  const level = (y0 - square * t2) / 9;
  return x => {
    const t = (x - middle) / half;
    return level + slope * t + square * t * t;
  };
}
