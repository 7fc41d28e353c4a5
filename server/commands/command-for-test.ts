import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  code: number | null;
  out: string;
  problems: string;
  /** The last line of stdout as JSON. */
  result: () => never;
}

/** Runs a command as a person would, with these settings and no others of the shell. */
export function command(
  name: 'enrol' | 'digest' | 'seed' | 'reset' | 'backup' | 'restore' | 'measure' | 'recompute',
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const unset = { MONGODB_URI: '', DATA_DIR: '' };
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, `${name}.ts`), ...args], {
    env: { ...process.env, ...unset, ...env },
  });
  let [out, problems] = ['', ''];
  child.stdout.on('data', chunk => {
    out += chunk;
  });
  child.stderr.on('data', chunk => {
    problems += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ code, out, problems, result: () => JSON.parse(out.trimEnd().split('\n').at(-1)!) as never }));
  });
}
