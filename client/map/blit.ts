/** Pixels are RGBA as `ImageData` keeps them, one Uint32 each (little endian: alpha in the high byte). */
export interface Sprite {
  /** Runs of solid pixels: offset of the first from the centre pixel, in a buffer of the width it was laid out for, and their number. */
  runs: Int32Array;
  /** The solid pixels of all runs, one after the other. */
  solid: Uint32Array;
  /** Soft edges: written as they are on empty ground. On what is drawn already they stay away: mixing there is not seen, but costs. */
  softAt: Int32Array;
  soft: Uint32Array;
}

/** From this alpha on a pixel counts as solid. */
const SOLID_ALPHA = 160;

/** Takes the visible pixels of a square picture of `side` pixels (its centre at side/2) for a buffer `stride` pixels wide. */
export function spriteOf(pixels: Uint32Array, side: number, stride: number): Sprite {
  const runs: number[] = [];
  const solid: number[] = [];
  const softAt: number[] = [];
  const soft: number[] = [];
  const centre = side >> 1;
  pixels.forEach((pixel, i) => {
    const alpha = pixel >>> 24;
    const at = (Math.floor(i / side) - centre) * stride + (i % side) - centre;
    if (alpha >= SOLID_ALPHA) {
      const goesOn = i % side > 0 && runs.length > 0 && runs[runs.length - 2] + runs[runs.length - 1] === at;
      if (goesOn) runs[runs.length - 1] += 1;
      else runs.push(at, 1);
      solid.push((pixel | 0xff000000) >>> 0);
    } else if (alpha > 15) {
      softAt.push(at);
      soft.push(pixel);
    }
  });
  return { runs: Int32Array.from(runs), solid: Uint32Array.from(solid), softAt: Int32Array.from(softAt), soft: Uint32Array.from(soft) };
}

/** Copies a sprite into the buffer around the pixel `at`. The caller keeps a margin, so that no sprite reaches over the edge. */
export function blit(buffer: Uint32Array, at: number, { runs, solid, softAt, soft }: Sprite): void {
  let from = 0;
  for (let i = 0; i < runs.length; i += 2) {
    let to = at + runs[i];
    const end = to + runs[i + 1];
    while (to < end) buffer[to++] = solid[from++];
  }
  for (let i = 0; i < softAt.length; i++) if (buffer[at + softAt[i]] === 0) buffer[at + softAt[i]] = soft[i];
}
