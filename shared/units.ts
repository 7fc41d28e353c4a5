/** One mu (亩) in square metres. */
export const MU_M2 = 2000 / 3;

export const muOfM2 = (m2: number): number => m2 / MU_M2;
export const m2OfMu = (mu: number): number => mu * MU_M2;

/** Half up, as officials round: 0.975 → 0.98 at two decimals. Works on the shortest decimal form, so that 1.005 goes up too. */
export function roundHalfUp(value: number, decimals: number): number {
  const sign = value < 0 ? -1 : 1;
  const [mantissa, exponent = '0'] = Math.abs(value).toString().split('e');
  const shifted = Number(`${mantissa}e${Number(exponent) + decimals}`);
  return sign * Number(`${Math.floor(shifted + 0.5)}e${-decimals}`);
}

/** A ratio that does not exist when its denominator is 0 (printed as —). */
export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** Takes the dust of binary addition off a sum of mu: 1e-6 mu is 7 cm², finer than any area here. */
export const dustedMu = (mu: number): number => Math.round(mu * 1e6) / 1e6;
