import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import type { MapBench } from '../../client/bench/map.tsx';
import { chromiumAdvice, chromiumFlags, chromiumPath } from '../../server/program/chromium.ts';
import { buildBenchPage, serveBenchPage } from './built-page.ts';

const HELP = `npm run bench:map -- [--json]
  The dispatcher's map in a real browser, 1440 × 900: 20,000 machines, each drawn, over 10,000 fields; 200 updates in which every machine
  moves and 200 fields change. Times are from the arrival of an update to the second animation frame after it.
  --json   the last line is { machines, fields, updateP50Ms, updateP95Ms }`;

const MACHINES = 20_000;
const FIELDS = 10_000;
const UPDATES = 200;
const GOAL_MS = 33;

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const rounded = (ms: number): number => Math.round(ms * 10) / 10;

async function measure(url: string, executablePath: string) {
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', error => console.error(error.stack ?? error.message));
    await page.goto(url);
    const wish = { machines: MACHINES, fields: FIELDS };
    const ready = await page.evaluate(async asked => await (window as unknown as { mapBench: MapBench }).mapBench.prepare(asked), wish);
    console.error(`drawn: ${ready.machines} machines, ${ready.badges} counts, ${ready.fields} fields, zoom ${ready.zoom}`);
    const took = await page.evaluate(async count => await (window as unknown as { mapBench: MapBench }).mapBench.run(count), UPDATES);
    const after = await page.evaluate(() => (window as unknown as { mapBench: MapBench }).mapBench.drawn());
    if (process.env.BENCH_PICTURE) await page.screenshot({ path: process.env.BENCH_PICTURE });
    return { after, took: took.sort((one, other) => one - other) };
  } finally {
    await browser.close();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const executablePath = chromiumPath();
  if (executablePath === null) {
    console.error(`There is no Chromium: ${chromiumAdvice}`);
    return 1;
  }
  const folder = await mkdtemp(join(tmpdir(), 'bench-map-'));
  try {
    await buildBenchPage('map', folder);
    const page = await serveBenchPage('map', folder);
    const { after, took } = await measure(page.url, executablePath).finally(page.close);
    const result = {
      machines: after.machines,
      fields: after.fields,
      updateP50Ms: rounded(quantile(took, 0.5)),
      updateP95Ms: rounded(quantile(took, 0.95)),
    };
    const isWhole = after.machines === MACHINES && after.badges === 0 && after.fields === FIELDS;
    console.log(
      `median ${result.updateP50Ms} ms (goal ${GOAL_MS}), 95 % ${result.updateP95Ms} ms; ${isWhole ? 'all' : 'NOT all'} machines and fields drawn`,
    );
    if (values.json) console.log(JSON.stringify(result));
    return isWhole ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main().catch((error: unknown) => {
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  console.error(isUsage ? `${error.message}\n${HELP}` : error);
  return isUsage ? 2 : 1;
});
