import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { missingPackage, projectRoot } from './install.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'));
});
afterEach(() => rmSync(root, { recursive: true }));

type Packages = Record<string, { version?: string; optional?: boolean; os?: string[]; cpu?: string[]; libc?: string[] }>;

function write(file: string, packages: Packages): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), JSON.stringify({ packages }));
}

/** A project that asks for some packages and has others. */
function project(wanted: Packages, present: Packages): string {
  write('package-lock.json', { '': {}, ...wanted });
  write('node_modules/.package-lock.json', present);
  for (const path of Object.keys(present)) write(`${path}/package.json`, {});
  return root;
}

test('this very project has what it needs', () => {
  expect(missingPackage(projectRoot)).toBe(null);
});

test('a fresh clone has nothing yet', () => {
  write('package-lock.json', { '': {}, 'node_modules/a': { version: '1.0.0' } });
  expect(missingPackage(root)).toBe('there are none yet');
});

test('a package that is new in the lock file is missed', () => {
  const a = { 'node_modules/a': { version: '1.0.0' } };
  expect(missingPackage(project({ ...a, 'node_modules/@s/b': { version: '1.0.0' } }, a))).toBe('@s/b is missing');
});

test('a package in another version is missed', () => {
  expect(missingPackage(project({ 'node_modules/a': { version: '1.0.1' } }, { 'node_modules/a': { version: '1.0.0' } }))).toBe(
    'a 1.0.1 is needed',
  );
});

test('a package whose folder was taken away is missed', () => {
  const a = { 'node_modules/a': { version: '1.0.0' } };
  project(a, a);
  rmSync(join(root, 'node_modules/a'), { recursive: true });
  expect(missingPackage(root)).toBe('a is missing');
});

test('what npm leaves out on this system is not missed, and what was brought from another system is', () => {
  const elsewhere = { version: '1.0.0', optional: true, os: [process.platform === 'sunos' ? 'aix' : 'sunos'] };
  const here = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] };
  const onlyForThose = { version: '1.0.0', optional: true };
  expect(missingPackage(project({ 'node_modules/e': elsewhere, 'node_modules/o': onlyForThose }, {}))).toBe(null);
  expect(missingPackage(project({ 'node_modules/h': here }, { 'node_modules/e': elsewhere }))).toBe('h is missing');
});
