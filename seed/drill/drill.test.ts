import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const PATIENCE_MS = 400_000;

/** Runs the command as a person would; the result is its last line. */
function drill(...args: string[]): Promise<{ code: number | null; result: Record<string, never>; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'drill.ts'), ...args, '--json']);
  let [out, said] = ['', ''];
  child.stdout.on('data', chunk => {
    out += chunk;
  });
  child.stderr.on('data', chunk => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      const last = out.trimEnd().split('\n').at(-1)!;
      resolve({ code, result: last.startsWith('{') ? JSON.parse(last) : {}, said: `${out}${said}` });
    });
  });
}

test('nothing acknowledged is lost by twelve kills of the server and its database, and the end is that of an undisturbed run', {
  timeout: PATIENCE_MS,
}, async () => {
  const { code, result, said } = await drill('--kills', '12', '--seed', '20', '--target', 'both');
  expect(code, said).toBe(0);
  expect(result).toMatchObject({ seed: 20, kills: 12, losses: [], faults: [], good: true });
  const { killed, restarted, undisturbed } = result.digests as Record<string, { fixes: number; totals: { refused: number } }>;
  expect(killed).toEqual(undisturbed);
  expect(restarted).toEqual(undisturbed);
  expect([result.acked, result.stored]).toEqual([undisturbed.fixes, undisturbed.fixes]);
  expect(undisturbed.totals.refused).toBeGreaterThan(0);
});

test('a program that acknowledges before it writes does not pass the drill', { timeout: PATIENCE_MS }, async () => {
  const { code, result, said } = await drill('--kills', '3', '--seed', '3', '--break', 'ack-before-write');
  expect(code, said).toBe(1);
  expect(result.good, said).toBe(false);
  expect((result.losses as unknown[]).length, said).toBeGreaterThan(0);
});

test('wrong use is told', async () => {
  const wrong = [
    ['--target', 'disk'],
    ['--break', 'ack-before-write', '--target', 'mongod'],
  ];
  const codes = await Promise.all(wrong.map(args => drill(...args).then(({ code }) => code)));
  expect(codes).toEqual([2, 2]);
});
