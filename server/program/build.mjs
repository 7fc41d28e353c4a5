import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from './install.mjs';

const sources = ['client', 'shared', 'vite.config.ts', 'package-lock.json'];
const built = join(projectRoot, 'dist', 'client');
const stamp = join(projectRoot, 'dist', 'client.stamp');

/** Builds the pages when their sources have changed since the last time. */
export async function buildClient() {
  const wanted = fingerprint();
  if (existsSync(join(built, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('The pages are built');
  sweep();
  const { build } = await import('vite');
  const passing = `${built}.${process.pid}`;
  try {
    await build({ configFile: join(projectRoot, 'vite.config.ts'), logLevel: 'warn', build: { outDir: passing, emptyOutDir: true } });
    // Exchanged in one go: another program may be serving the old ones.
    rmSync(stamp, { force: true });
    await exchange(passing, built);
    writeFileSync(stamp, wanted);
  } finally {
    rmSync(passing, { recursive: true, force: true });
  }
}

/**
 * Another program that builds at the same moment may put its own pages there in between.
 * @param {string} next
 * @param {string} place
 */
async function exchange(next, place) {
  for (let attempt = 1; ; attempt++) {
    try {
      rmSync(place, { recursive: true, force: true });
      return renameSync(next, place);
    } catch (error) {
      if (attempt === 50) throw error;
      await pause(20 * attempt);
    }
  }
}

/** Takes away what builds that were killed have left; a living one keeps its own. */
function sweep() {
  const dist = join(projectRoot, 'dist');
  for (const name of existsSync(dist) ? readdirSync(dist) : []) {
    const pid = /^client\.(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(dist, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Names and contents of everything that the pages are made from. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(source => filesIn(join(projectRoot, source)))) {
    hash
      .update(`${relative(projectRoot, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesIn(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const names = readdirSync(path).filter(name => name !== 'node_modules' && !name.startsWith('.') && !/\.test\.tsx?$/.test(name));
  return names.sort().flatMap(name => filesIn(join(path, name)));
}
