/** Letters and digits that are not taken for one another when read aloud or by lamplight: no 0 O 1 I L. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const LENGTH = 10;

/** A new code, 31¹⁰ ≈ 8 × 10¹⁴ of them, as XXXXX-XXXXX. `pick(n)` is a whole number from 0 to n − 1, evenly drawn. */
export function newCode(pick: (below: number) => number): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[pick(ALPHABET.length)]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** As it is compared: case, dashes and spaces do not count. */
export const plainCode = (typed: string): string => typed.toUpperCase().replace(/[\s\-‐-―−]/g, '');
