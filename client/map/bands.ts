/** Height of a band of the screen, in pixels: as much of the picture as stays close at hand while it is written. */
const BAND_PX = 16;

/**
 * The points within the screen from top to bottom, roughly: by band, in their own order within one. Marks are copied in this order, because
 * writing here and there over the whole picture takes half as long again; and so a mark further south always lies over one further north.
 */
export function inBands(ys: ArrayLike<number>, among: ArrayLike<number>, height: number): Uint32Array {
  const bands = Math.ceil(height / BAND_PX) + 1;
  const ends = new Uint32Array(bands + 1);
  const bandOf = (i: number): number => (ys[i] >= 0 && ys[i] <= height ? Math.floor(ys[i] / BAND_PX) : -1);
  for (let k = 0; k < among.length; k++) {
    const band = bandOf(among[k]);
    if (band >= 0) ends[band + 1] += 1;
  }
  for (let band = 1; band <= bands; band++) ends[band] += ends[band - 1];
  const order = new Uint32Array(ends[bands]);
  for (let k = 0; k < among.length; k++) {
    const band = bandOf(among[k]);
    if (band >= 0) order[ends[band]++] = among[k];
  }
  return order;
}
