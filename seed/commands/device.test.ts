import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { unreliableServer } from '../device/unreliable-server.ts';

const rows = (count: number): string =>
  Array.from({ length: count }, (_, i) => `2021-06-05T12:00:${String(i % 60).padStart(2, '0')}+08:00,${113 + i * 1e-5},34.7,4.5`).join(
    '\n',
  );

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function trackFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'track-'));
  cleanUps.push(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'track.csv'), text);
  return join(folder, 'track.csv');
}

async function device(...args: string[]): Promise<{ code: number; out: string; problems: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'seed/commands/device.ts', ...args]);
  let [out, problems] = ['', ''];
  child.stdout.on('data', chunk => {
    out += chunk;
  });
  child.stderr.on('data', chunk => {
    problems += chunk;
  });
  return new Promise(resolve => child.on('close', code => resolve({ code: code!, out, problems })));
}

describe('npm run device', () => {
  test('sends a whole track over a line that loses and doubles batches, once and in order', async () => {
    const server = await unreliableServer();
    cleanUps.push(server.close);
    const track = await trackFile(`fixTime,lng,lat,speedKmh\n${rows(57)}\nnever,113,34,1\n`);
    const faults = ['--drop', '0.3', '--duplicate', '0.5', '--batch', '20', '--speed', '0'];
    const done = await device('--track', track, '--token', 'good', '--url', server.url, ...faults);
    expect(done.out).toBe('sent 57 of 57, acked 57, refused 0\n');
    expect(done.problems).toContain('1 rows left out: fixTime is no time');
    expect(done.code).toBe(0);
    expect(server.stored.map(fix => [fix.seq, fix.lng])).toEqual(
      Array.from({ length: 57 }, (_, i) => [i + 1, Math.round((113 + i * 1e-5) * 1e7) / 1e7]),
    );
  });

  test('says what is wrong: 1 for a token or a track that is no good, 2 for wrong use', async () => {
    const server = await unreliableServer();
    cleanUps.push(server.close);
    const good = await trackFile(`fixTime,lng,lat,speedKmh\n${rows(3)}\n`);
    const empty = await trackFile('fixTime,lng,lat,speedKmh\n');
    const [denied, useless, misused] = await Promise.all([
      device('--track', good, '--token', 'bad', '--url', server.url),
      device('--track', empty, '--token', 'good', '--url', server.url),
      device('--track', good, '--token', 'good', '--batch', '0'),
    ]);
    expect([denied.code, denied.problems]).toEqual([1, 'the server does not take this token: unknown token\n']);
    expect([useless.code, useless.problems]).toEqual([1, `${empty}: no usable row\n`]);
    expect([misused.code, misused.problems.split('\n')[0]]).toEqual([2, '--batch 0: a number from 1 to 600']);
  });
});
