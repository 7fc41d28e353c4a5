import type { Point } from '../season/plane.ts';

/** Where a machine stands and which way it looks: radians, counter-clockwise from east. */
export interface Pose {
  point: Point;
  angle: number;
}

const FULL = 2 * Math.PI;

/** 0 ≤ angle < 2π; what is a full turn but for rounding is none. */
function positive(angle: number): number {
  const turn = ((angle % FULL) + FULL) % FULL;
  return FULL - turn < 1e-9 ? 0 : turn;
}

/** The three parts of a path: turn, straight or turn, turn; +1 left, −1 right, 0 straight; angles in radians, the straight in radii. */
type Word = readonly (readonly [side: number, amount: number])[];

/** The shortest way from one pose to another, forwards only, with turns of one radius (Dubins 1957). Points about every `stepM`. */
export function turnBetween(from: Pose, to: Pose, radiusM: number, stepM = 1.2): Point[] {
  const dx = (to.point[0] - from.point[0]) / radiusM;
  const dy = (to.point[1] - from.point[1]) / radiusM;
  const bearing = Math.atan2(dy, dx);
  const words = wordsOf(Math.hypot(dx, dy), positive(from.angle - bearing), positive(to.angle - bearing));
  const length = (word: Word) => word.reduce((sum, [, amount]) => sum + amount, 0);
  const best = words.reduce((least, word) => (length(word) < length(least) ? word : least));
  return pointsAlong(best, from, radiusM, stepM);
}

/**
 * Every feasible word for a distance of `d` radii between headings `a` and `b`, both relative to the line between the poses. The words
 * that start to the left are worked out; those that start to the right are their mirror images.
 */
function wordsOf(d: number, a: number, b: number): Word[] {
  const rightFirst = leftFirst(d, -a, -b).map(word => word.map(([side, amount]) => [-side, amount] as const));
  return [...leftFirst(d, a, b), ...rightFirst];
}

function leftFirst(d: number, a: number, b: number): Word[] {
  const [sinA, sinB, cosA, cosB] = [Math.sin(a), Math.sin(b), Math.cos(a), Math.cos(b)];
  const same = Math.cos(a - b);
  const words: Word[] = [];
  const apart = 2 + d * d - 2 * same + 2 * d * (sinA - sinB);
  const towards = Math.atan2(cosB - cosA, d + sinA - sinB);
  words.push([
    [1, positive(towards - a)],
    [0, Math.sqrt(Math.max(0, apart))],
    [1, positive(b - towards)],
  ]);
  const crossing = d * d - 2 + 2 * same + 2 * d * (sinA + sinB);
  if (crossing >= 0) {
    const straight = Math.sqrt(crossing);
    const across = Math.atan2(-cosA - cosB, d + sinA + sinB) - Math.atan2(-2, straight);
    words.push([
      [1, positive(across - a)],
      [0, straight],
      [-1, positive(across - b)],
    ]);
  }
  const bulb = (6 - d * d + 2 * same + 2 * d * (sinB - sinA)) / 8;
  if (Math.abs(bulb) <= 1) {
    const middle = FULL - Math.acos(bulb);
    const first = positive(towards - a + middle / 2);
    words.push([
      [1, first],
      [-1, middle],
      [1, positive(b - a - first + middle)],
    ]);
  }
  return words;
}

function pointsAlong(word: Word, from: Pose, radiusM: number, stepM: number): Point[] {
  const points: Point[] = [from.point];
  let [x, y] = from.point;
  let angle = from.angle;
  for (const [side, amount] of word) {
    const steps = side === 0 ? 1 : Math.max(1, Math.ceil((amount * radiusM) / stepM));
    if (amount < 1e-9) continue;
    for (let step = 0; step < steps; step++) {
      const part = amount / steps;
      if (side === 0) {
        x += part * radiusM * Math.cos(angle);
        y += part * radiusM * Math.sin(angle);
      } else {
        x += side * radiusM * (Math.sin(angle + side * part) - Math.sin(angle));
        y -= side * radiusM * (Math.cos(angle + side * part) - Math.cos(angle));
        angle += side * part;
      }
      points.push([x, y]);
    }
  }
  return points;
}
