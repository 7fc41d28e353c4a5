import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stderrTail } from './child-output.ts';
import type { Log } from './start-problem.ts';

const patienceMs = 15_000;
const version = '7.0.28';

/**
 * Fetches MongoDB's own build for this system. In a process of its own, since a download that hangs can only be ended with it.
 * @returns the path of the mongod below `folder`
 */
export function downloadOfficial(folder: string, log: Log, signal?: AbortSignal): Promise<string> {
  log.info(`database server: MongoDB ${version} is downloaded from fastdl.mongodb.org`);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'official-download.mjs'), folder, version], {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal,
    killSignal: 'SIGKILL',
    env: { ...process.env, ...verified },
  });
  const complaint = stderrTail(child);
  let path = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    path += text;
  });
  return new Promise((settle, reject) => {
    const progress = watchGrowth(folder, {
      told: megabytes => log.info(`database server: ${megabytes} MB so far`),
      stuck: () => {
        child.kill('SIGKILL');
        reject(new Error(`no byte came for ${patienceMs / 1000} s`));
      },
    });
    child.once('error', reject);
    child.once('close', code => {
      clearInterval(progress);
      if (code === 0) settle(path.trim());
      else reject(new Error(complaint() || `the download ended with code ${code}`));
    });
  });
}

/** The downloader believes any certificate and any bytes unless it is told otherwise. */
const verified = { npm_config_strict_ssl: 'true', MONGOMS_MD5_CHECK: '1', MONGOMS_MAX_RETRIES: '1' };

function watchGrowth(folder: string, { told, stuck }: { told(megabytes: number): void; stuck(): void }): NodeJS.Timeout {
  let bytes = 0;
  let grewAt = Date.now();
  let toldBytes = 0;
  return setInterval(() => {
    const now = sizeOf(folder);
    if (now !== bytes) grewAt = Date.now();
    bytes = now;
    if (bytes - toldBytes >= 20e6) {
      toldBytes = bytes;
      told(Math.round(bytes / 1e6));
    }
    if (Date.now() - grewAt > patienceMs) stuck();
  }, 500);
}

function sizeOf(folder: string): number {
  let sum = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    sum += entry.isFile() ? (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0) : 0;
  }
  return sum;
}
