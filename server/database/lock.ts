import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isStillThere, markOf, type ProcessMark } from './process.ts';
import { codeOf, StartProblem } from './start-problem.ts';

export interface Lock {
  release(): void;
}

/**
 * Holds the data folder for this process. What a killed program left behind is taken over; the mark tells it from another process that got
 * the same pid.
 * @throws StartProblem when another program holds it
 */
export async function lockFolder(dataDir: string): Promise<Lock> {
  const path = join(dataDir, 'lock');
  const mine = JSON.stringify(markOf(process.pid));
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return { release: () => readText(path) === mine && rmSync(path, { force: true }) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const text = await readWhole(path);
    const holder = parse(text);
    if (holder !== null && holder.pid !== process.pid && isStillThere(holder)) {
      throw new StartProblem(`Another program (process ${holder.pid}) is using ${dataDir}; end it, or set another DATA_DIR`);
    }
    if (holder?.pid === process.pid && text === mine) throw new StartProblem(`This program is already using ${dataDir}`);
    removeStale(path, text);
  }
}

/** The process that holds the folder now, or null. */
export function lockHolder(dataDir: string): number | null {
  const holder = parse(readText(join(dataDir, 'lock')));
  return holder !== null && isStillThere(holder) ? holder.pid : null;
}

/** Two programs may find the same stale lock: the slower one has moved away the quicker one's new lock, and puts it back. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readText(aside) === stale) rmSync(aside);
  else renameSync(aside, path);
}

/** A lock that is empty is just being written, unless it stays so. */
async function readWhole(path: string): Promise<string> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const text = readText(path);
    if (text !== '') return text;
    await delay(50);
  }
  return '';
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

function parse(text: string): ProcessMark | null {
  try {
    const { pid, start } = JSON.parse(text);
    return typeof pid === 'number' && (start === null || typeof start === 'string') ? { pid, start } : null;
  } catch {
    return null;
  }
}
