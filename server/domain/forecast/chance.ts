/** 0 ≤ x < 1, the next of a stream that its seed fixes. */
export type Uniform = () => number;

/** FNV-1a over the text, then mulberry32 (Tommy Ettinger): the same input gives the same forecast on every machine. */
export function seededBy(text: string): Uniform {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Mean 0, standard deviation 1 (Box and Muller). */
export const normal = (uniform: Uniform): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

export const between = (uniform: Uniform, low: number, high: number): number => low + (high - low) * uniform();

/** Log-normal with this median; `spread` is the standard deviation of the logarithm. */
export const around = (uniform: Uniform, median: number, spread: number): number => median * Math.exp(spread * normal(uniform));

/** Linear between the order statistics. @param sorted ascending, not empty */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
