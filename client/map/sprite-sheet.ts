import { type Sprite, spriteOf } from './blit.ts';
import { HEADINGS, spriteParts } from './machine-table.ts';
import { drawMark, pointsAhead, REACH } from './marks.ts';

/** Halo and outline around the mark's own radius, in CSS pixels. */
const RIM_PX = 3;

/** Room that a sprite needs around its centre, in device pixels. */
export const spriteReach = (radius: number, scale: number): number => Math.ceil((radius * REACH + RIM_PX) * scale) + 1;

/** All marks of one size for one width of buffer, drawn on first use. */
export class SpriteSheet {
  readonly reach: number;

  private readonly sprites: Sprite[] = [];
  private readonly ctx: CanvasRenderingContext2D;

  constructor(
    private readonly radius: number,
    private readonly scale: number,
    readonly stride: number,
  ) {
    this.reach = spriteReach(radius, scale);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = this.reach * 2;
    this.ctx = canvas.getContext('2d', { willReadFrequently: true })!;
  }

  get(code: number): Sprite {
    this.sprites[code] ??= this.draw(code);
    return this.sprites[code];
  }

  private draw(code: number): Sprite {
    const { state, kind, heading } = spriteParts(code);
    const side = this.reach * 2;
    const { ctx } = this;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, side, side);
    ctx.translate(this.reach, this.reach);
    ctx.scale(this.scale, this.scale);
    if (pointsAhead(state) || (kind === 'seeder' && state !== 'inRepair')) ctx.rotate((heading / HEADINGS) * 2 * Math.PI);
    drawMark(ctx, state, kind, this.radius);
    return spriteOf(new Uint32Array(ctx.getImageData(0, 0, side, side).data.buffer), side, this.stride);
  }
}
