import type { Ground } from './ground.ts';
import { distance, nearest, type Point } from './plane.ts';
import type { Random } from './random.ts';

/** Points of the county at least `clearM` from its border and from built-up places, on a shaken grid. */
export function pointsOn(ground: Ground, count: number, clearM: number, random: Random): Point[] {
  const [west, south, east, north] = ground.box;
  const step = Math.sqrt(((east - west) * (north - south)) / count);
  const points: Point[] = [];
  for (let y = south + step / 2; y < north; y += step)
    for (let x = west + step / 2; x < east; x += step) {
      const point: Point = [x + random.between(-0.4, 0.4) * step, y + random.between(-0.4, 0.4) * step];
      if (ground.clearance(point) >= clearM) points.push(point);
    }
  return points;
}

const ROUNDS = 12;

/** `count` centres spread evenly over the points: the farthest point first, then Lloyd's relaxation. */
export function spreadOver(points: readonly Point[], count: number, random: Random): Point[] {
  if (points.length < count) throw new Error(`${count} centres over ${points.length} points`);
  const centres: Point[] = [points[random.whole(points.length)]!];
  const room = points.map(point => distance(point, centres[0]!));
  while (centres.length < count) {
    let farthest = 0;
    for (let i = 1; i < room.length; i++) if (room[i]! > room[farthest]!) farthest = i;
    const next = points[farthest]!;
    centres.push(next);
    for (let i = 0; i < room.length; i++) room[i] = Math.min(room[i]!, distance(points[i]!, next));
  }
  return evenOut(points, centres, ROUNDS);
}

/** Moves centres apart (Lloyd's relaxation) until their cells on the land are alike; few rounds keep them near where they were. */
export function evenOut(points: readonly Point[], starts: readonly Point[], rounds: number): Point[] {
  const centres = starts.map(start => points[nearest(points, start)]!);
  for (let round = 0; round < rounds; round++) relax(points, centres);
  return centres;
}

/** Moves each centre to the point that is nearest to the middle of its cell, so that it stays on the land. */
function relax(points: readonly Point[], centres: Point[]): void {
  const sums = centres.map(() => [0, 0, 0] as [number, number, number]);
  for (const point of points) {
    const sum = sums[nearest(centres, point)]!;
    sum[0] += point[0];
    sum[1] += point[1];
    sum[2] += 1;
  }
  sums.forEach(([x, y, count], i) => {
    if (count > 0) centres[i] = points[nearest(points, [x / count, y / count])]!;
  });
}
