import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

// This file runs before anything is installed, perhaps on a Node.js that is too old: plain JavaScript and Node's own modules only.

export const projectRoot = resolve(import.meta.dirname ?? '.', '../..');

const lowestNode = [20, 19];

/** A reason not to start that its reader can mend: shown as one line. */
export class Unready extends Error {}

/**
 * Makes sure that Node.js is new enough and that every package of package-lock.json is there; installs them otherwise.
 * @throws {Unready}
 */
export async function install() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < lowestNode[0] || (major === lowestNode[0] && minor < lowestNode[1])) {
    throw new Unready(`Node.js ${lowestNode.join('.')} or later is needed, this is ${process.versions.node}`);
  }
  const missing = missingPackage(projectRoot);
  if (missing === null) return;
  console.log(`Packages are installed (${missing})`);
  await runNpm(['ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund']);
}

/**
 * Compares what npm noted when it last finished here with what the project asks for.
 * @param {string} root
 * @returns {string | null} why npm must run
 * @typedef {{ version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], link?: boolean }} Entry
 */
export function missingPackage(root) {
  const wanted = readPackages(root, 'package-lock.json');
  if (wanted === null) throw new Unready('package-lock.json is missing: the checkout is not complete');
  const present = readPackages(root, 'node_modules/.package-lock.json');
  if (present === null) return 'there are none yet';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || !isForThisSystem(entry)) continue;
    const name = path.replace(/^.*node_modules\//, '');
    if (present[path] === undefined || !existsSync(join(root, path, 'package.json'))) return `${name} is missing`;
    if (present[path].version !== entry.version) return `${name} ${entry.version} is needed`;
  }
  return null;
}

/**
 * npm leaves out optional packages made for other systems, and what only those need. Which C library this one has is npm's to find out.
 * @param {Entry} entry
 */
function isForThisSystem(entry) {
  if (!entry.optional) return true;
  return Boolean(entry.os ?? entry.cpu) && entry.libc === undefined && fits(entry.os, process.platform) && fits(entry.cpu, process.arch);
}

/**
 * @param {string[] | undefined} list names, or names to be left out with `!` before them
 * @param {string} name
 */
function fits(list, name) {
  return list === undefined || list.includes(name) || (list.every(item => item.startsWith('!')) && !list.includes(`!${name}`));
}

/** @param {string} root @param {string} file @returns {Record<string, Entry> | null} */
function readPackages(root, file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null;
}

/**
 * The npm that started us, else the one on PATH (a .cmd file on Windows, which only a shell runs).
 * @param {string[]} args
 * @returns {Promise<void>}
 */
function runNpm(args) {
  const own = process.env.npm_execpath;
  const isNpm = own !== undefined && /^npm/.test(basename(own)) && existsSync(own);
  const [command, first] = isNpm ? [process.execPath, [own]] : ['npm', []];
  const child = spawn(command, [...first, ...args], {
    cwd: projectRoot,
    stdio: 'inherit',
    shell: !isNpm && process.platform === 'win32',
  });
  process.once('exit', () => child.kill());
  return new Promise((settle, reject) => {
    child.once('error', () => reject(new Unready('npm was not found: it comes with Node.js and must be on PATH')));
    child.once('close', code => {
      if (code === 0) settle();
      else reject(new Unready(`npm ${args[0]} ended with code ${code}: are the package registry and the disk within reach?`));
    });
  });
}
