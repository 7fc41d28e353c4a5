/** A stream of numbers that depends on nothing but its seeds. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  between(low: number, high: number): number;
  /** A whole number 0 ≤ n < below. */
  whole(below: number): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
  pick<Item>(items: readonly Item[]): Item;
}

/** FNV-1a over the seeds, then the sfc32 generator (Doty-Humphrey, PractRand) on four words drawn from it. */
export function randomOf(...seeds: readonly (string | number)[]): Random {
  let hash = 0x811c9dc5;
  for (const character of seeds.join('|')) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  let a = hash | 0;
  let b = Math.imul(hash, 0x9e3779b1) | 0;
  let c = (hash ^ 0x5bd1e995) | 0;
  let count = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 12; warm++) next();
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole: below => Math.floor(next() * below),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: items => items[Math.floor(next() * items.length)]!,
  };
}
