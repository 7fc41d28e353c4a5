import { spawn } from 'node:child_process';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './start-problem.ts';

/** Where one mongod keeps everything it has. */
export interface MongodFolder {
  readonly files: string;
  readonly log: string;
  /** Key file and password in one: 64 hex digits that only the owner may read. */
  readonly secret: string;
  /** Which process serves these files, and on which port. */
  readonly running: string;
}

export function mongodFolder(folder: string): MongodFolder {
  return {
    files: join(folder, 'files'),
    log: join(folder, 'mongod.log'),
    secret: join(folder, 'secret'),
    running: join(folder, 'running.json'),
  };
}

export interface Mongod {
  readonly pid: number;
  readonly port: number;
  /** Settled when the process is gone. */
  readonly gone: Promise<MongodEnd>;
}

export interface MongodEnd {
  readonly code: number | null;
  readonly sentence: string;
}

export const replicaSetName = 'harvest';
const logLimitBytes = 20e6;

/**
 * Access needs the secret from the very first connection on, comes from this machine alone, and is never compressed by zlib
 * (CVE-2025-14847). The oplog serves change streams only. A shutdown waits for nobody: a majority write is in the journal before it is
 * acknowledged.
 */
export function mongodArguments(folder: MongodFolder, port: number): string[] {
  return [
    ...['--dbpath', folder.files, '--port', String(port), '--bind_ip', '127.0.0.1'],
    ...['--replSet', replicaSetName, '--oplogSize', '1024', '--keyFile', folder.secret],
    ...['--wiredTigerCacheSizeGB', '1', '--networkMessageCompressors', 'snappy,zstd'],
    ...['--logpath', folder.log, '--logappend', '--logRotate', 'reopen', '--quiet', '--slowms', '1000'],
    ...['--setParameter', 'enableLocalhostAuthBypass=0'],
    ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=0'],
    ...['--setParameter', 'diagnosticDataCollectionDirectorySizeMB=20'],
    ...(process.platform === 'win32' ? [] : ['--nounixsocket']),
  ];
}

/**
 * Starts a mongod in a process group of its own, so that Ctrl-C in the terminal does not take the database away before the program has
 * written its last batch. It writes to its log file only, and so outlives a killed program unharmed; the note in `running` finds it again.
 */
export function spawnMongod(binary: string, folder: MongodFolder, port: number): Mongod {
  turnLog(folder.log);
  const child = spawn(binary, mongodArguments(folder, port), { detached: true, stdio: 'ignore', windowsHide: true });
  const gone = new Promise<MongodEnd>(settle => {
    child.once('error', error => settle({ code: null, sentence: `mongod could not be started: ${error.message}` }));
    child.once('exit', (code, signal) => {
      const end = signal === null ? `mongod ended with code ${code}` : `mongod was ended by ${signal}`;
      void lastComplaint(folder.log).then(complaint => settle({ code, sentence: code && complaint ? `${end}: ${complaint}` : end }));
    });
  });
  if (child.pid !== undefined) writeRunning(folder, { pid: child.pid, port });
  return { pid: child.pid ?? 0, port, gone };
}

export interface Running {
  readonly pid: number;
  readonly port: number;
}

/** Written beside and renamed, so that a reader never sees half of it. */
function writeRunning(folder: MongodFolder, running: Running): void {
  writeFileSync(`${folder.running}.new`, JSON.stringify(running));
  renameSync(`${folder.running}.new`, folder.running);
}

/** The mongod that was started last on this folder, alive or not; null when there was none. */
export function readRunning(folder: MongodFolder): Running | null {
  try {
    return JSON.parse(readFileSync(folder.running, 'utf8')) as Running;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Keeps one older log beside the present one. @returns whether it was turned */
export function turnLog(log: string): boolean {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) < logLimitBytes) return false;
  renameSync(log, `${log}.old`);
  return true;
}

/** The newest error or fatal line of a mongod log: JSON lines with severity `s`, message `msg` and attributes. */
async function lastComplaint(log: string): Promise<string | null> {
  const text = await readFile(log, 'utf8').catch(() => '');
  for (const line of text.slice(-100_000).split('\n').reverse()) {
    const match = /"s":"[EF]".*"msg":"((?:[^"\\]|\\.)*)"(?:.*"error":"((?:[^"\\]|\\.)*)")?/.exec(line);
    if (match) return match[2] ? `${match[1]}: ${match[2]}` : match[1];
  }
  return null;
}
