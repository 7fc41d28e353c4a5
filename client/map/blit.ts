/** Pixels are RGBA as `ImageData` keeps them, one Uint32 each (little endian: alpha in the high byte). */
export interface Sprite {
  /** Offsets from the centre pixel, in a buffer of the width that the sprite was laid out for. */
  solidAt: Int32Array;
  solid: Uint32Array;
  /** Soft edges: written as they are on empty ground. On what is drawn already they stay away: mixing there is not seen, but costs. */
  softAt: Int32Array;
  soft: Uint32Array;
}

/** From this alpha on a pixel counts as solid. */
const SOLID_ALPHA = 160;

/** Takes the visible pixels of a square picture of `side` pixels (its centre at side/2) for a buffer `stride` pixels wide. */
export function spriteOf(pixels: Uint32Array, side: number, stride: number): Sprite {
  const solidAt: number[] = [];
  const solid: number[] = [];
  const softAt: number[] = [];
  const soft: number[] = [];
  const centre = side >> 1;
  pixels.forEach((pixel, i) => {
    const alpha = pixel >>> 24;
    const at = (Math.floor(i / side) - centre) * stride + (i % side) - centre;
    if (alpha >= SOLID_ALPHA) {
      solidAt.push(at);
      solid.push((pixel | 0xff000000) >>> 0);
    } else if (alpha > 15) {
      softAt.push(at);
      soft.push(pixel);
    }
  });
  return {
    solidAt: Int32Array.from(solidAt),
    solid: Uint32Array.from(solid),
    softAt: Int32Array.from(softAt),
    soft: Uint32Array.from(soft),
  };
}

/** Copies a sprite into the buffer around the pixel `at`. The caller keeps a margin, so that no sprite reaches over the edge. */
export function blit(buffer: Uint32Array, at: number, sprite: Sprite): void {
  const { solidAt, solid, softAt, soft } = sprite;
  for (let i = 0; i < solidAt.length; i++) buffer[at + solidAt[i]] = solid[i];
  for (let i = 0; i < softAt.length; i++) if (buffer[at + softAt[i]] === 0) buffer[at + softAt[i]] = soft[i];
}
