import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, messageOf, StartProblem } from './start-problem.ts';

/** The database keeps a journal of three times 100 MB: with less than that it dies at some later moment instead of now. */
const leastFreeBytes = 400e6;

/**
 * Makes the data folder and proves that it can be written.
 * @throws StartProblem when it cannot, or the disk is full
 */
export function openDataFolder(dataDir: string): void {
  const probe = join(dataDir, `.probe-${process.pid}`);
  try {
    makeFolder(dataDir);
    writeFileSync(probe, 'x'.repeat(4096), { flush: true });
    rmSync(probe);
  } catch (error) {
    throw folderProblem(dataDir, error);
  }
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < leastFreeBytes) throw new StartProblem(diskFull(dataDir, bavail * bsize));
}

/** The last part by itself, as the recursive form reports a read-only disk as a missing folder. */
function makeFolder(dataDir: string): void {
  mkdirSync(dirname(dataDir), { recursive: true });
  if (!existsSync(dataDir)) mkdirSync(dataDir, { mode: 0o700 });
}

const reasons: Record<string, string> = {
  EACCES: 'this user has no right to',
  EPERM: 'this user has no right to',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
};

function folderProblem(dataDir: string, error: unknown): StartProblem {
  const code = codeOf(error) ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StartProblem(diskFull(dataDir, 0));
  return new StartProblem(`DATA_DIR ${dataDir} cannot be written: ${reasons[code] ?? messageOf(error)}`);
}

function diskFull(dataDir: string, freeBytes: number): string {
  const need = leastFreeBytes / 1e6;
  return `The disk is full: ${dataDir} has ${Math.floor(freeBytes / 1e6)} MB left and at least ${need} MB are needed; free some, or set another DATA_DIR`;
}
