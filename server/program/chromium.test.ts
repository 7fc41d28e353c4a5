import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chromiumPath } from './chromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

test('CHROMIUM goes before PATH', () => {
  program('chromium');
  const mine = program('mine');
  expect(chromiumPath({ CHROMIUM: mine, PATH: folder })).toBe(mine);
});

test('a CHROMIUM that is not there is not replaced by another in silence', () => {
  program('chromium');
  expect(chromiumPath({ CHROMIUM: join(folder, 'none'), PATH: folder })).toBe(null);
});

test.skipIf(process.platform === 'win32')('the first browser on PATH is taken', () => {
  const chrome = program('google-chrome');
  expect(chromiumPath({ PATH: folder })).toBe(chrome);
  const chromium = program('chromium');
  expect(chromiumPath({ PATH: folder })).toBe(chromium);
});
