import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findMongod } from './find-mongod.ts';
import { cachedMongods, installInto } from './mongod-cache.ts';

let folder: string;
let lines: string[];
const log = { info: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-'));
  lines = [];
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A program that says it is a mongod of that version. */
function mongodOf(version: string, path: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho 'db version v${version}'\n`);
  chmodSync(path, 0o755);
  return path;
}

const fetchWhole = async (passing: string) => {
  writeFileSync(join(passing, 'mongod'), 'whole');
  return join(passing, 'mongod');
};
const fetchNothing = async () => {
  throw new Error('the line broke');
};
const checked = async () => ({ version: '7.0.0' });

test.skipIf(process.platform === 'win32')('MONGOD goes before every other, and is never passed over', async () => {
  const path = mongodOf('7.0.1', join(folder, 'mine'));
  expect(await findMongod({ mongodPath: path, dataDir: folder, log })).toEqual({ path, version: '7.0.1' });

  const old = mongodOf('5.0.9', join(folder, 'old'));
  await expect(findMongod({ mongodPath: old, dataDir: folder, log })).rejects.toThrow(
    `MONGOD=${old} cannot be used: ${old} is version 5.0.9, 6.0 or later is needed`,
  );
});

test('a MONGOD that is another program is refused', async () => {
  await expect(findMongod({ mongodPath: process.execPath, dataDir: folder, log })).rejects.toThrow(
    `MONGOD=${process.execPath} cannot be used: ${process.execPath} is not a mongod`,
  );
});

test.skipIf(process.platform === 'win32')('a mongod on PATH is taken when it is new enough', async () => {
  vi.stubEnv('PATH', join(folder, 'bin'));
  const path = mongodOf('6.0.0', join(folder, 'bin', 'mongod'));
  vi.stubEnv('PATH', `${join(folder, 'bin')}:/bin`);
  expect(await findMongod({ dataDir: folder, log })).toEqual({ path, version: '6.0.0' });
});

test.skipIf(process.platform === 'win32')('a mongod on PATH that is too old gives way to one fetched earlier, and says so', async () => {
  const old = mongodOf('4.4.1', join(folder, 'bin', 'mongod'));
  const fetched = mongodOf('7.0.2', join(folder, 'cache', 'mongod', '7.0.2', 'mongod'));
  vi.stubEnv('PATH', `${join(folder, 'bin')}:/bin`);
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'user'));
  vi.stubEnv('HOME', join(folder, 'user'));
  expect(await findMongod({ dataDir: folder, log })).toEqual({ path: fetched, version: '7.0.2' });
  expect(lines).toEqual([
    `database server: mongod on PATH: not used, ${old} is version 4.4.1, 6.0 or later is needed`,
    'database server: mongod fetched earlier, MongoDB 7.0.2',
  ]);
});

test('what was fetched stands in the cache under its version', async () => {
  expect(await installInto([folder], fetchWhole, checked)).toBe(join(folder, '7.0.0', 'mongod'));
  expect(cachedMongods([folder])).toEqual([join(folder, '7.0.0', 'mongod')]);
  expect(readdirSync(folder)).toEqual(['7.0.0']);
});

test('what two programs fetched at once is kept once', async () => {
  const both = await Promise.all([installInto([folder], fetchWhole, checked), installInto([folder], fetchWhole, checked)]);
  expect(both).toEqual([join(folder, '7.0.0', 'mongod'), join(folder, '7.0.0', 'mongod')]);
  expect(readdirSync(folder)).toEqual(['7.0.0']);
});

test('one in the cache that no longer works is replaced', async () => {
  mkdirSync(join(folder, '7.0.0'));
  writeFileSync(join(folder, '7.0.0', 'mongod'), 'broken');
  const check = async (path: string) => {
    if (readFileSync(path, 'utf8') === 'broken') throw new Error('it does not run');
    return { version: '7.0.0' };
  };
  const path = await installInto([folder], fetchWhole, check);
  expect(readFileSync(path, 'utf8')).toBe('whole');
});

test('a fetch that breaks off leaves nothing behind', async () => {
  await expect(installInto([folder], fetchNothing, checked)).rejects.toThrow('the line broke');
  expect(readdirSync(folder)).toEqual([]);
});

test('what a killed fetch left behind is never taken for a whole one', () => {
  mkdirSync(join(folder, '.partial-1-1'));
  writeFileSync(join(folder, '.partial-1-1', 'mongod'), 'half');
  expect(cachedMongods([folder])).toEqual([]);
});

test('a user without a cache folder keeps it in the data folder', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const path = await installInto([join(file, 'cache'), join(folder, 'data')], fetchWhole, checked);
  expect(path).toBe(join(folder, 'data', '7.0.0', 'mongod'));
  expect(existsSync(path)).toBe(true);
});
