import { accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { codeOf, messageOf } from './start-problem.ts';

/** Where fetched database servers are kept: for all checkouts of this user, and in the data folder where there is no such place. */
export function cacheFolders(dataDir: string): string[] {
  return [join(userCache(), 'harvest-dispatch', 'mongod'), join(dataDir, 'cache', 'mongod')];
}

function userCache(): string {
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}

/** Every mongod in the caches. Only whole ones have a folder of their own name: see `installInto`. */
export function cachedMongods(folders: string[]): string[] {
  return folders.flatMap(folder => {
    const names = list(folder).filter(name => !name.includes('.partial'));
    return names.flatMap(name => list(join(folder, name)).map(file => join(folder, name, file)));
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(codeOf(error) ?? '')) return [];
    throw error;
  }
}

/**
 * Lets `fetch` bring a mongod into a passing folder, checks it there, and only then gives it its place: what was broken off half-way is
 * never taken for a whole one.
 * @param fetch resolves to the path of the mongod within the folder that it is given
 * @returns the path of the mongod in the cache
 */
export async function installInto(
  folders: string[],
  fetch: (folder: string) => Promise<string>,
  check: (path: string) => Promise<{ version: string }>,
): Promise<string> {
  const cache = writable(folders);
  const passing = join(cache, `.partial-${process.pid}-${Date.now()}`);
  mkdirSync(passing);
  try {
    const fetched = await fetch(passing);
    const { version } = await check(fetched);
    const whole = join(passing, 'whole');
    mkdirSync(whole);
    renameSync(fetched, join(whole, basename(fetched)));
    const place = join(cache, version);
    try {
      renameSync(whole, place);
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
      // Another program was quicker: its copy is as good.
    }
    return join(place, basename(fetched));
  } finally {
    rmSync(passing, { recursive: true, force: true });
  }
}

function writable(folders: string[]): string {
  const reasons: string[] = [];
  for (const folder of folders) {
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      return folder;
    } catch (error) {
      reasons.push(`${dirname(folder)}: ${messageOf(error)}`);
    }
  }
  throw new Error(`no folder to keep it in (${reasons.join('; ')})`);
}
