import type { FieldRow } from '../../shared/contract.ts';
import type { FieldShape } from './field-store.ts';
import { TILE_PX } from './mercator.ts';
import { HALO, OUTLINE, STAGE_COLOUR, STAGE_HATCH } from './palette.ts';

/** Where a tile of the map lies, so that the unit square can be turned into its pixels. */
export interface TileFrame {
  x: number;
  y: number;
  zoom: number;
}

/** From this zoom on a field is large enough for broad stripes, and from the next for a number. */
const DETAIL_ZOOM = 15;
const SHARE_ZOOM = 16;

export function pathOf(shape: FieldShape, { x, y, zoom }: TileFrame): Path2D {
  const path = new Path2D();
  const tiles = 2 ** zoom;
  for (const ring of shape.rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const px = (ring[i] * tiles - x) * TILE_PX;
      const py = (ring[i + 1] * tiles - y) * TILE_PX;
      if (i === 0) path.moveTo(px, py);
      else path.lineTo(px, py);
    }
    path.closePath();
  }
  return path;
}

/** Paints one field as its stage wants it. Every fill is opaque: painting a field again over its old picture is all that a change takes. */
export function paintField(ctx: CanvasRenderingContext2D, shape: FieldShape, row: FieldRow | undefined, frame: TileFrame): void {
  const path = pathOf(shape, frame);
  if (row === undefined) {
    ctx.strokeStyle = 'rgba(120, 126, 120, 0.7)';
    ctx.lineWidth = 0.6;
    ctx.stroke(path);
    return;
  }
  const [, stage, harvestedShare, sownShare, reportedOnly] = row;
  if (stage === 'harvesting' || stage === 'sowing') {
    ctx.fillStyle = hatch(ctx, stage, frame.zoom);
    ctx.fill(path, 'evenodd');
  } else {
    ctx.fillStyle = stage === 'harvested' && reportedOnly ? dots(ctx) : STAGE_COLOUR[stage];
    ctx.fill(path, 'evenodd');
  }
  outline(ctx, path, reportedOnly && stage === 'harvested', frame.zoom);
  if (frame.zoom >= SHARE_ZOOM && (stage === 'harvesting' || stage === 'sowing'))
    writeShare(ctx, shape, frame, stage === 'harvesting' ? harvestedShare : sownShare);
}

/** How far the work under way is, written in the field: where in the field it was done is not known here. */
function writeShare(ctx: CanvasRenderingContext2D, shape: FieldShape, frame: TileFrame, share: number): void {
  const pixels = TILE_PX * 2 ** frame.zoom;
  const [west, north, east, south] = shape.box;
  const x = ((west + east) / 2) * pixels - frame.x * TILE_PX;
  const y = ((north + south) / 2) * pixels - frame.y * TILE_PX;
  const text = `${Math.floor(share * 100)}%`;
  ctx.font = '600 12px system-ui, sans-serif';
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3;
  ctx.strokeStyle = HALO;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = OUTLINE;
  ctx.fillText(text, x, y);
}

function outline(ctx: CanvasRenderingContext2D, path: Path2D, dashed: boolean, zoom: number): void {
  ctx.strokeStyle = 'rgba(58, 48, 24, 0.65)';
  ctx.lineWidth = zoom >= DETAIL_ZOOM ? 1 : 0.4;
  ctx.setLineDash(dashed && zoom >= DETAIL_ZOOM ? [5, 3] : []);
  ctx.stroke(path);
  ctx.setLineDash([]);
}

const patterns = new Map<string, CanvasPattern>();

function patternOf(
  ctx: CanvasRenderingContext2D,
  name: string,
  side: number,
  draw: (small: CanvasRenderingContext2D) => void,
): CanvasPattern {
  const known = patterns.get(name);
  if (known) return known;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  draw(canvas.getContext('2d')!);
  const pattern = ctx.createPattern(canvas, 'repeat')!;
  patterns.set(name, pattern);
  return pattern;
}

/** Diagonal stripes of the coming stage over the one that goes; finer where fields are only a few pixels wide. */
function hatch(ctx: CanvasRenderingContext2D, stage: 'harvesting' | 'sowing', zoom: number): CanvasPattern {
  // Both divide the side of a tile, so that the stripes run on from one to the next.
  const side = zoom >= DETAIL_ZOOM ? 8 : 4;
  const { ground, stripe } = STAGE_HATCH[stage];
  return patternOf(ctx, `${stage}-${side}`, side, small => {
    small.fillStyle = ground;
    small.fillRect(0, 0, side, side);
    small.strokeStyle = stripe;
    small.lineWidth = side * 0.32;
    small.beginPath();
    for (const shift of [-side, 0, side]) {
      small.moveTo(shift - 1, side + 1);
      small.lineTo(shift + side + 1, -1);
    }
    small.stroke();
  });
}

/** Harvested by report only: the same ground, dotted, so that it is not taken for something that was measured. */
function dots(ctx: CanvasRenderingContext2D): CanvasPattern {
  return patternOf(ctx, 'reported', 8, small => {
    small.fillStyle = '#E3D0B1';
    small.fillRect(0, 0, 8, 8);
    small.fillStyle = '#8a6a35';
    small.fillRect(1, 1, 2, 2);
    small.fillRect(5, 5, 2, 2);
  });
}
