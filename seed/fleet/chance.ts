/** A seeded source of chance: same seed, same run. Draws are numbers in [0, 1). */
export type Chance = () => number;

/** mulberry32 over a hash (FNV-1a) of the seed's text, so that 'machine 7, day 3' is as good a seed as a number. */
export function chanceOf(...seed: (string | number)[]): Chance {
  let state = 0x811c9dc5;
  for (const character of seed.join('|')) state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const between = (chance: Chance, low: number, high: number): number => low + (high - low) * chance();

/** Mean 0, deviation 1 (Box and Muller). */
export const normal = (chance: Chance): number => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

/** Exponentially distributed with mean 1: many short, few long. */
export const exponential = (chance: Chance): number => -Math.log(1 - chance());
