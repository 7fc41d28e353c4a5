import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { forecastSchema } from '../../shared/forecast.ts';

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'harvest-forecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function forecast(...args: string[]): Promise<{ code: number | null; out: string; problems: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'forecast.ts'), ...args]);
  let [out, problems] = ['', ''];
  child.stdout.on('data', chunk => {
    out += chunk;
  });
  child.stderr.on('data', chunk => {
    problems += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ code, out, problems }));
  });
}

const series = {
  ...{ operation: 'harvest', totalMu: 3000, deadline: '2026-06-12', asOf: '2026-06-02', outlook: [{ date: '2026-06-03', rainMm: 4 }] },
  days: [
    { date: '2026-06-01', doneMu: 300, machines: 8, rainMm: 0 },
    { date: '2026-06-02', doneMu: 600, machines: 8, rainMm: 0 },
  ],
};

test('the last line is the forecast as one object, and the lines before it say why', async () => {
  const { code, out } = await forecast('--series', file('good.json', JSON.stringify(series)), '--json');
  const answer = forecastSchema.parse(JSON.parse(out.trimEnd().split('\n').at(-1)!));
  expect([code, answer.state, answer.byDay[0].date]).toEqual([0, 'running', '2026-06-03']);
  expect(out).toContain('2400 mu left, 8 machines');
});

test('a wrong series is told by place, a missing one is wrong use', async () => {
  const [wrong, absent, missing] = await Promise.all([
    forecast('--series', file('wrong.json', JSON.stringify({ ...series, totalMu: -1 }))),
    forecast('--series', join(folder, 'absent.json')),
    forecast('--json'),
  ]);
  expect([wrong.code, wrong.problems]).toEqual([1, expect.stringContaining('at totalMu')]);
  expect([absent.code, absent.problems]).toEqual([1, expect.stringContaining('cannot be read (ENOENT)')]);
  expect([missing.code, missing.problems]).toEqual([2, expect.stringContaining('--series is missing')]);
});
