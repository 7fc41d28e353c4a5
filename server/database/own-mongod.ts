import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Mongod,
  type MongodEnd,
  type MongodFolder,
  mongodArguments,
  mongodFolder,
  readRunning,
  spawnMongod,
  turnLog,
} from './mongod-process.ts';
import { commandLineOf, endProcess, isAlive, signalAndWait } from './process.ts';
import { addressOf, isServing, makeReplicaSet, reopenLog } from './replica-set.ts';
import { codeOf, type Log, messageOf, StartProblem } from './start-problem.ts';

/** What mongod's own exit codes mean to us. */
const exitCodes = { addressInUse: 48, incompatibleFiles: 62 } as const;
const logCheckMs = 10 * 60_000;

export interface OwnMongod {
  readonly uri: string;
  /** The process that serves now; another one after it was brought back. */
  readonly pid: number;
  /** Ends the mongod in good order, by force after 10 s. */
  stop(): Promise<void>;
  /** Ends it at once, without a last word; the files stay sound, as after a power cut. */
  stopAtOnce(): Promise<void>;
  /** Kills the process as an accident would: it is brought back. */
  kill(): Promise<void>;
}

export interface OwnMongodOptions {
  readonly binary: string;
  readonly folder: string;
  readonly log: Log;
  /** Breaks off the bringing up. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a mongod on the files in `folder` for as long as the program lives: takes over one that a killed program left behind, and brings it
 * back, on the same port, when it dies.
 * @throws StartProblem when it cannot be brought up
 */
export async function runOwnMongod(options: OwnMongodOptions): Promise<OwnMongod> {
  const folder = mongodFolder(options.folder);
  mkdirSync(folder.files, { recursive: true, mode: 0o700 });
  const secret = readSecret(folder);
  const stopping = new AbortController();
  let mongod = (await adopt(options, folder, secret)) ?? (await start(options, folder, secret));

  async function watch(): Promise<void> {
    for (;;) {
      const end = await mongod.gone;
      if (stopping.signal.aborted) return;
      options.log.warn(`${end.sentence}; it is started again`);
      mongod = await bringBack(mongod.port);
    }
  }

  async function bringBack(port: number): Promise<Mongod> {
    for (let waitMs = 0; ; waitMs = Math.min(5000, waitMs * 2 + 100)) {
      await delay(waitMs, undefined, { signal: stopping.signal });
      const next = spawnMongod(options.binary, folder, port);
      try {
        await makeReplicaSet(next, secret, stopping.signal);
        options.log.info(`mongod is back (process ${next.pid})`);
        return next;
      } catch (error) {
        if (stopping.signal.aborted) {
          mongod = next;
          throw error;
        }
        options.log.warn(`mongod could not be brought back: ${messageOf(error)}`);
        await endProcess(next.pid);
      }
    }
  }

  const watching = watch().catch(error => {
    if (!stopping.signal.aborted) throw error;
  });
  const logCheck = setInterval(() => {
    if (turnLog(folder.log))
      reopenLog(mongod.port, secret).catch(error => options.log.warn(`mongod's log was not turned: ${messageOf(error)}`));
  }, logCheckMs);
  logCheck.unref();

  async function end(how: (pid: number) => Promise<void>): Promise<void> {
    stopping.abort();
    clearInterval(logCheck);
    await how(mongod.pid);
    await watching;
    if (isAlive(mongod.pid)) await how(mongod.pid);
  }

  return {
    uri: addressOf(mongod.port, secret),
    get pid() {
      return mongod.pid;
    },
    stop: () => end(pid => endProcess(pid)),
    stopAtOnce: () => end(killNow),
    kill: () => killNow(mongod.pid),
  };
}

const killNow = (pid: number) => signalAndWait(pid, 'SIGKILL', 5000);

/** The address of the mongod that another process of this project runs on the folder, or null while there is none that serves. */
export async function addressOfRunning(path: string): Promise<string | null> {
  const folder = mongodFolder(path);
  const running = readRunning(folder);
  if (running === null || !isOurs(running.pid, folder)) return null;
  const secret = readSecret(folder);
  return (await isServing(running, secret)) ? addressOf(running.port, secret) : null;
}

/** A mongod that a killed program left behind is taken over as it is when it is the one we would start, and ended otherwise. */
async function adopt({ binary, log }: OwnMongodOptions, folder: MongodFolder, secret: string): Promise<Mongod | null> {
  const running = readRunning(folder);
  for (const pid of new Set([running?.pid, lockHolder(folder)])) {
    if (!pid || !isOurs(pid, folder)) continue;
    if (running?.pid === pid && (await isServing(running, secret, [binary, ...mongodArguments(folder, running.port)]))) {
      log.info(`the database left running by a program that was killed is taken over (process ${pid})`);
      return { ...running, gone: goneByAndBy(pid) };
    }
    log.info(`the database left behind by a program that was killed is ended first (process ${pid})`);
    await endProcess(pid);
  }
  return null;
}

async function start({ binary, log, signal }: OwnMongodOptions, folder: MongodFolder, secret: string): Promise<Mongod> {
  let port = (await freePort(readRunning(folder)?.port ?? 0)) ?? (await freePort(0))!;
  for (let attempt = 1; ; attempt++) {
    const mongod = spawnMongod(binary, folder, port);
    const slow = setInterval(() => log.info('mongod is not ready yet'), 10_000);
    try {
      await makeReplicaSet(mongod, secret, signal ?? new AbortController().signal);
      return mongod;
    } catch (error) {
      if (isAlive(mongod.pid)) await endProcess(mongod.pid);
      const end = await mongod.gone;
      signal?.throwIfAborted();
      if (attempt === 3 || !worthAnotherTry(end)) throw startProblem(error, end, folder);
      log.warn(`${end.sentence}; trying again`);
      port = (await freePort(0))!;
    } finally {
      clearInterval(slow);
    }
  }
}

function worthAnotherTry({ code, sentence }: MongodEnd): boolean {
  return code === exitCodes.addressInUse || /ended by/.test(sentence);
}

function startProblem(error: unknown, end: MongodEnd, folder: MongodFolder): StartProblem {
  if (end.code === exitCodes.incompatibleFiles) {
    const advice = 'set MONGOD to the version that wrote them, or take another DATA_DIR';
    return new StartProblem(
      `The database files in ${folder.files} were written by another version of MongoDB: ${advice} (${folder.log} says more)`,
    );
  }
  if (/No space left/i.test(end.sentence)) return new StartProblem(`The disk is full: mongod could not write to ${folder.files}`);
  const why = end.code ? end.sentence : messageOf(error);
  return new StartProblem(`The database could not be started: ${why} (${folder.log} says more)`);
}

/** Never a foreign process: its command line must name these very files. */
function isOurs(pid: number, folder: MongodFolder): boolean {
  return isAlive(pid) && (commandLineOf(pid)?.includes(`--dbpath ${folder.files} `) ?? false);
}

/** mongod itself writes its process id here, and empties the file when it ends in good order. */
function lockHolder(folder: MongodFolder): number | null {
  return Number(readIfThere(join(folder.files, 'mongod.lock'))) || null;
}

/** Someone else's child tells nobody when it ends, so it is looked at four times a second. */
async function goneByAndBy(pid: number): Promise<MongodEnd> {
  while (isAlive(pid)) await delay(250);
  return { code: null, sentence: `mongod (process ${pid}) is gone` };
}

/** The wished port if it is free, any free one for 0, null if it is taken. */
function freePort(wished: number): Promise<number | null> {
  return new Promise(settle => {
    const server = createServer();
    server.once('error', () => settle(null));
    server.listen(wished, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => settle(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}

/** Made once. Written aside and renamed, so that a program killed meanwhile leaves none rather than half of one. */
function readSecret(folder: MongodFolder): string {
  const existing = readIfThere(folder.secret);
  if (existing !== null) return existing;
  const secret = randomBytes(32).toString('hex');
  writeFileSync(`${folder.secret}.new`, secret, { mode: 0o600, flush: true });
  renameSync(`${folder.secret}.new`, folder.secret);
  return secret;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
