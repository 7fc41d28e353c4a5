/** Splits a whole number by weights (largest remainder, the first of equals first): the parts add up to it. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(all > 0)) throw new Error(`weights that add up to ${all}`);
  const exact = weights.map(weight => (total * weight) / all);
  const parts = exact.map(Math.floor);
  const missing = total - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact.map((value, i) => ({ i, left: value - parts[i]! })).sort((a, b) => b.left - a.left || a.i - b.i);
  for (const { i } of byRemainder.slice(0, missing)) parts[i]! += 1;
  return parts;
}
