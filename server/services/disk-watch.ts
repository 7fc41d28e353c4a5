import { statfs } from 'node:fs/promises';

const LOW_BYTES = 5e9;
const FULL_BYTES = 1e9;

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** A full day at 5,000 fixes a second is 4 GB: warn a day ahead, and promise nothing that might not fit. */
export const diskState = (free: number | null): 'diskLow' | 'diskFull' | null =>
  free === null || free >= LOW_BYTES ? null : free >= FULL_BYTES ? 'diskLow' : 'diskFull';
