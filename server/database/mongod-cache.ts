import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { codeOf, messageOf } from './start-problem.ts';

const partial = '.partial-';
const staleMs = 24 * 3600_000;

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
    const names = list(folder).filter(name => !name.startsWith(partial));
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
  sweep(cache);
  const passing = mkdtempSync(join(cache, partial));
  try {
    const fetched = await fetch(passing);
    const { version } = await check(fetched);
    const whole = join(passing, 'whole');
    mkdirSync(whole);
    renameSync(fetched, join(whole, basename(fetched)));
    const place = join(cache, version);
    const path = join(place, basename(fetched));
    if (existsSync(place) && !(await works(path, check))) rmSync(place, { recursive: true });
    giveItsPlace(whole, place);
    return path;
  } finally {
    rmSync(passing, { recursive: true, force: true });
  }
}

/** Another program may have been quicker: its copy is as good. */
function giveItsPlace(whole: string, place: string): void {
  try {
    renameSync(whole, place);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '') || !existsSync(place)) throw error;
  }
}

async function works(path: string, check: (path: string) => Promise<unknown>): Promise<boolean> {
  return await check(path).then(
    () => true,
    () => false,
  );
}

/** Takes away what a fetch that was killed has left, but not what another program fetches at this moment. */
function sweep(cache: string): void {
  for (const name of list(cache).filter(name => name.startsWith(partial))) {
    const age = Date.now() - (statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > staleMs) rmSync(join(cache, name), { recursive: true, force: true });
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
