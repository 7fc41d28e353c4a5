import type { BitGrid } from './closing.ts';

/** Corners in cells; the shell first, then holes; each ring closed. */
export type CellRings = [x: number, y: number][][];

/**
 * Outlines of the parts of a set, along the edges of its cells, the set on the left: shells run anticlockwise, holes clockwise. Cells that
 * touch only at a corner are apart. The set must not reach the border of the grid.
 */
export function outlinesOf(grid: BitGrid): CellRings[] {
  const rings = ringsOf(grid);
  const shells = rings.filter(ring => signedArea(ring) > 0).map((ring): CellRings => [ring]);
  for (const hole of rings.filter(ring => signedArea(ring) < 0)) {
    const around = shells.filter(([shell]) => holds(shell, hole[0]));
    around.sort(([a], [b]) => signedArea(a) - signedArea(b))[0]?.push(hole);
  }
  return shells;
}

/** Twice nothing: in cells, positive when anticlockwise. */
export function signedArea(ring: readonly (readonly [number, number])[]): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return twice / 2;
}

/** Fewer corners, none of the old ones farther from the new line than `tolerance`: Douglas and Peucker, on a closed ring. */
export function simplified(ring: [number, number][], tolerance: number): [number, number][] {
  const start = ring[0];
  let far = 0;
  for (let i = 1; i < ring.length; i++) if (distance2(ring[i], start) > distance2(ring[far], start)) far = i;
  const half = thinned(ring.slice(0, far + 1), tolerance);
  return [...half.slice(0, -1), ...thinned(ring.slice(far), tolerance)];
}

function thinned(line: [number, number][], tolerance: number): [number, number][] {
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    let far = -1;
    let most = tolerance;
    for (let i = from + 1; i < to; i++) {
      const off = distanceToLine(line[i], line[from], line[to]);
      if (off > most) [far, most] = [i, off];
    }
    if (far < 0) continue;
    keep[far] = 1;
    open.push([from, far], [far, to]);
  }
  return line.filter((_, i) => keep[i] === 1);
}

const distance2 = (a: readonly number[], b: readonly number[]): number => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2;

function distanceToLine(p: readonly number[], a: readonly number[], b: readonly number[]): number {
  const length = Math.sqrt(distance2(a, b));
  if (length === 0) return Math.sqrt(distance2(p, a));
  return Math.abs((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])) / length;
}

/** Follows each edge between a cell of the set and one outside, turning left first at a corner where four meet. */
function ringsOf(grid: BitGrid): [number, number][][] {
  const has = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < grid.width && y < grid.height && grid.has(x, y);
  const row = grid.width + 1;
  // Edges that run east have the set to the north of them; every ring has at least one.
  const unseen = new Set<number>();
  for (let y = 0; y < grid.height; y++) for (let x = 0; x < grid.width; x++) if (has(x, y) && !has(x, y - 1)) unseen.add(y * row + x);
  const steps = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ];
  /** Whether an edge leaves a corner in a direction with the set on its left and none on its right. */
  const runs = (x: number, y: number, direction: number): boolean => {
    if (direction === 0) return has(x, y) && !has(x, y - 1);
    if (direction === 1) return has(x - 1, y) && !has(x, y);
    if (direction === 2) return has(x - 1, y - 1) && !has(x - 1, y);
    return has(x, y - 1) && !has(x - 1, y - 1);
  };
  const rings: [number, number][][] = [];
  for (const first of unseen) {
    let [x, y, direction] = [first % row, Math.floor(first / row), 0];
    const [startX, startY] = [x, y];
    const ring: [number, number][] = [[x, y]];
    do {
      if (direction === 0) unseen.delete(y * row + x);
      x += steps[direction][0];
      y += steps[direction][1];
      const next = [1, 0, 3].map(turn => (direction + turn) % 4).find(turned => runs(x, y, turned))!;
      if (next !== direction) ring.push([x, y]);
      direction = next;
    } while (x !== startX || y !== startY || direction !== 0);
    const last = ring[ring.length - 1];
    if (last[0] !== startX || last[1] !== startY) ring.push([startX, startY]);
    rings.push(ring);
  }
  return rings;
}

function holds(ring: readonly [number, number][], [x, y]: [number, number]): boolean {
  let inside = false;
  // Half a cell off every corner, where no edge runs.
  const [px, py] = [x + 0.25, y + 0.25];
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1];
    const [bx, by] = ring[i];
    if (ay > py !== by > py && px < ax + ((py - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}
