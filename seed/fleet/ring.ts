import { distance, type Point } from '../season/plane.ts';

/** Rings here are open (the first corner is not repeated) and counter-clockwise. */
export type Ring = readonly Point[];

export const areaOf = (ring: Ring): number => {
  let twice = 0;
  for (let i = 0; i < ring.length; i++) {
    const [x, y] = ring[i];
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    twice += x * nextY - nextX * y;
  }
  return twice / 2;
};

/** A GeoJSON ring on a plane: opened, turned counter-clockwise, without corners that lie on top of each other. */
export function openRing(closed: readonly Point[]): Ring {
  const ring = closed.filter((corner, i) => i === 0 || distance(corner, closed[i - 1]) > 0.05);
  if (distance(ring[0], ring.at(-1)!) <= 0.05) ring.pop();
  return areaOf(ring) < 0 ? ring.reverse() : ring;
}

/**
 * The ring moved inwards by `by` metres, corner for corner. Undefined where that is no ring any more: an edge turned round, or the area
 * is not what the edges leave.
 */
export function insetRing(ring: Ring, by: number): Ring | undefined {
  const normals = ring.map((corner, i): Point => {
    const next = ring[(i + 1) % ring.length];
    const length = distance(corner, next);
    return [(corner[1] - next[1]) / length, (next[0] - corner[0]) / length];
  });
  const inner = ring.map((corner, i): Point => {
    const before = normals[(i + ring.length - 1) % ring.length];
    const after = normals[i];
    const scale = by / (1 + before[0] * after[0] + before[1] * after[1]);
    return [corner[0] + (before[0] + after[0]) * scale, corner[1] + (before[1] + after[1]) * scale];
  });
  const turned = inner.some((corner, i) => {
    const next = inner[(i + 1) % inner.length];
    return (next[0] - corner[0]) * normals[i][1] - (next[1] - corner[1]) * normals[i][0] < 0.5;
  });
  return turned ? undefined : inner;
}

/** Where a line y = const lies inside the rings (even-odd, so holes count): pairs from west to east. */
export function spansAt(rings: readonly Ring[], y: number): [west: number, east: number][] {
  const crossings: number[] = [];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const [x, from] = ring[i];
      const [nextX, to] = ring[(i + 1) % ring.length];
      if (from <= y !== to <= y) crossings.push(x + ((nextX - x) * (y - from)) / (to - from));
    }
  }
  crossings.sort((a, b) => a - b);
  return Array.from({ length: crossings.length >> 1 }, (_, i) => [crossings[2 * i], crossings[2 * i + 1]]);
}

/** The angle of the long side of the smallest box around the ring, radians from east. */
export function longDirection(ring: Ring): number {
  let best = { area: Number.POSITIVE_INFINITY, angle: 0 };
  for (let i = 0; i < ring.length; i++) {
    const [x, y] = ring[i];
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    const angle = Math.atan2(nextY - y, nextX - x);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const length = extent(ring.map(corner => corner[0] * cos + corner[1] * sin));
    const width = extent(ring.map(corner => corner[1] * cos - corner[0] * sin));
    if (length * width < best.area) best = { area: length * width, angle: length >= width ? angle : angle + Math.PI / 2 };
  }
  return best.angle;
}

const extent = (values: number[]): number => Math.max(...values) - Math.min(...values);
