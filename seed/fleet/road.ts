import { distance, type Point } from '../season/plane.ts';
import type { Random } from '../season/random.ts';

const KINK_EVERY_M = 700;
const MOST_KINKS = 6;

/** A way between two places, straight but for some kinks: there is no road network in the data. */
export function roadBetween(from: Point, to: Point, random: Random): Point[] {
  const length = distance(from, to);
  if (length < 30) return [from, to];
  const kinks = Math.min(MOST_KINKS, 1 + Math.floor(length / KINK_EVERY_M));
  const [dx, dy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const points: Point[] = [from];
  for (let kink = 1; kink <= kinks; kink++) {
    const along = (length * (kink + random.between(-0.3, 0.3))) / (kinks + 1);
    const aside = random.normal() * 0.08 * Math.min(length, 2 * KINK_EVERY_M);
    points.push([from[0] + dx * along - dy * aside, from[1] + dy * along + dx * aside]);
  }
  return [...points, to];
}
