import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder, lockHolder } from './lock.ts';
import { markOf } from './process.ts';

let folder: string;
let other: ChildProcess;
let otherPid: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(other, 'spawn');
  otherPid = other.pid!;
});
afterEach(() => {
  other.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

test('a folder that a living program holds is refused in one line', async () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify(markOf(otherPid)));
  expect(lockHolder(folder)).toBe(otherPid);
  await expect(lockFolder(folder)).rejects.toThrow(
    `Another program (process ${otherPid}) is using ${folder}; end it, or set another DATA_DIR`,
  );
});

test('the lock of a program that was killed is taken over', async () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify(markOf(otherPid)));
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(lockHolder(folder)).toBe(null);
  await lockFolder(folder);
  expect(lockHolder(folder)).toBe(process.pid);
});

test.skipIf(process.platform === 'win32')('the lock of a dead program whose pid was given to another is taken over', async () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: otherPid, start: 'another start' }));
  await lockFolder(folder);
  expect(lockHolder(folder)).toBe(process.pid);
});

test('a lock that is no lock at all is taken over', async () => {
  writeFileSync(join(folder, 'lock'), '');
  await lockFolder(folder);
  expect(lockHolder(folder)).toBe(process.pid);
});

test('the same program cannot hold a folder twice', async () => {
  await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`This program is already using ${folder}`);
});

test('a lock that is let go leaves nothing behind', async () => {
  const lock = await lockFolder(folder);
  lock.release();
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});
