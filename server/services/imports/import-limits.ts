/** More than any season has. */
export const MOST_ROWS = 400_000;
/** Larger than any feature with as many corners as are allowed: what is larger is not even parsed. */
export const MOST_FEATURE_BYTES = 1 << 20;

/** A file that cannot be taken, and why, as one sentence. Apart from `Refusal`, so that the thread that reads files begins with little. */
export class BadFile extends Error {
  constructor(what: string) {
    super(`file: ${what}`);
  }
}
