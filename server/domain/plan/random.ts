/** A number in [0, 1). */
export type Random = () => number;

/** The same numbers for the same seed, for ever: xorshift128 (Marsaglia 2003), its state filled from the seed by an avalanche of its own. */
export function seededRandom(seed: number): Random {
  let [a, b, c, d] = [1, 2, 3, 4].map(part => scramble((seed ^ Math.imul(part, 0x9e3779b9)) | 0) | part);
  return () => {
    let mixed = a ^ (a << 11);
    mixed ^= mixed >>> 8;
    a = b;
    b = c;
    c = d;
    d = d ^ (d >>> 19) ^ mixed;
    return (d >>> 0) * 2 ** -32;
  };
}

function scramble(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}
