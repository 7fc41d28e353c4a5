import type { MachineCard } from '../../shared/contract.ts';
import { workStates } from '../../shared/registry.ts';
import { HALO, type MarkState, OUTLINE, STATE_COLOUR } from './palette.ts';

export type MachineKind = MachineCard['kind'];
export const markStates: readonly MarkState[] = [...workStates, 'inRepair'];

/** How far the marks reach from their centre, in units of their radius: outline and halo included. */
export const REACH = 1.5;

/** Does the mark of this state point where the machine is heading? */
export const pointsAhead = (state: MarkState): boolean => state === 'working' || state === 'turning' || state === 'travelling';

const triangle = (path: Path2D, reach: number): void => {
  path.moveTo(0, -reach);
  path.lineTo(reach * 0.82, reach * 0.78);
  path.lineTo(-reach * 0.82, reach * 0.78);
  path.closePath();
};

const arrow = (path: Path2D, reach: number): void => {
  path.moveTo(0, -reach);
  path.lineTo(reach * 0.78, reach * 0.85);
  path.lineTo(0, reach * 0.4);
  path.lineTo(-reach * 0.78, reach * 0.85);
  path.closePath();
};

/** A ✕ of two bars, each arm as long as the radius. */
const cross = (path: Path2D, reach: number): void => {
  const far = reach * 0.92;
  const near = reach * 0.5;
  const arms: [number, number][] = [
    [0, -far + near],
    [far - near, -far],
    [far, -far + near],
    [far - near, 0],
  ];
  for (let turn = 0; turn < 4; turn++) {
    for (const [i, [x, y]] of arms.entries()) {
      const [right, down] = turn === 0 ? [x, y] : turn === 1 ? [-y, x] : turn === 2 ? [-x, -y] : [y, -x];
      if (i === 0 && turn === 0) path.moveTo(right, down);
      else path.lineTo(right, down);
    }
  }
  path.closePath();
};

function shapeOf(state: MarkState, radius: number): Path2D {
  const path = new Path2D();
  if (state === 'inRepair') cross(path, radius);
  else if (state === 'travelling') arrow(path, radius);
  else if (pointsAhead(state)) triangle(path, radius);
  else path.arc(0, 0, radius * 0.72, 0, 2 * Math.PI);
  return path;
}

/**
 * Draws the mark of one machine around the origin, heading up. Each state has its own shape: full triangle at work, triangle with a white
 * heart turning, notched arrow on the road, disc idle, empty ring offline, ✕ in repair. Seeders carry a bar at the rear, where the implement is.
 */
export function drawMark(ctx: CanvasRenderingContext2D, state: MarkState, kind: MachineKind, radius: number): void {
  const shape = shapeOf(state, radius);
  if (kind === 'seeder' && state !== 'inRepair') {
    shape.moveTo(-radius * 0.95, radius * 0.8);
    shape.rect(-radius * 0.95, radius * 0.8, radius * 1.9, radius * 0.34);
  }
  ctx.lineJoin = 'round';
  ctx.strokeStyle = HALO;
  ctx.lineWidth = 5;
  ctx.stroke(shape);
  ctx.strokeStyle = OUTLINE;
  ctx.lineWidth = 3;
  ctx.stroke(shape);
  ctx.fillStyle = state === 'offline' ? HALO : STATE_COLOUR[state];
  ctx.fill(shape);
  if (state === 'offline') {
    ctx.strokeStyle = STATE_COLOUR.offline;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.arc(0, 0, radius * 0.5, 0, 2 * Math.PI);
    ctx.stroke();
  }
  if (state === 'turning') {
    const heart = new Path2D();
    heart.addPath(shapeOf(state, radius * 0.45), new DOMMatrix([1, 0, 0, 1, 0, radius * 0.14]));
    ctx.fillStyle = HALO;
    ctx.fill(heart);
  }
}
