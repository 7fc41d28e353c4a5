/** Machines too close to be told apart: shown as one count. Positions in world pixels of the zoom. */
export interface Badge {
  x: number;
  y: number;
  members: number[];
}

/** Side of a cell in pixels, and how many marks it holds before they would cover each other. */
export const CELL_PX = 64;
export const MOST_IN_A_CELL = 6;

/**
 * Puts the points of each full cell into one badge at their mean; the rest stay single. Cells are fixed to the world and not to the
 * screen, so that panning does not shuffle the badges.
 */
export function thinned(xs: ArrayLike<number>, ys: ArrayLike<number>, count: number): { single: number[]; badges: Badge[] } {
  const cells = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const key = Math.floor(ys[i] / CELL_PX) * 0x4000000 + Math.floor(xs[i] / CELL_PX);
    const cell = cells.get(key);
    if (cell) cell.push(i);
    else cells.set(key, [i]);
  }
  const single: number[] = [];
  const badges: Badge[] = [];
  for (const members of cells.values()) {
    if (members.length <= MOST_IN_A_CELL) single.push(...members);
    else badges.push({ x: mean(xs, members), y: mean(ys, members), members });
  }
  return { single, badges };
}

const mean = (values: ArrayLike<number>, members: number[]): number => members.reduce((sum, i) => sum + values[i], 0) / members.length;
