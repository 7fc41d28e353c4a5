import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import type { OutboxTimes } from '../../client/bench/outbox.ts';
import { printJson, runCommand, wholeNumberFrom } from '../../server/commands/command.ts';
import { chromiumAdvice, chromiumFlags, chromiumPath } from '../../server/program/chromium.ts';
import { buildBenchPage, serveBenchPage } from './built-page.ts';

const usage = `npm run bench:outbox -- [--fixes 604800] [--slow 4] [--json]

The outbox of the cab in a real browser with a profile on disk: how long it takes to open it, to look at it, to add a fix, to take a batch
of 600 and to note its ack, with a thousand fixes waiting, sixty thousand, and seven days at one a second; then the large one is drained.

  --fixes N   the most that wait (604800)
  --slow N    the page's processor is so many times slower, as a cheap phone's (1)
  --json      the last line is { slow, sizes: [{ fixes, openMs, lookMs, addMs, batchMs, ackMs, usedMb }], drain: { firstMs, lastMs } }

Exit: 0 good, 1 a median grows with the backlog, 2 wrong use.
`;

const RUNS = 60;
const LEAST_BATCHED = 60_000;
/** A median may be so much larger with the largest backlog: noise of a shared machine, and the deeper tree. */
const GROWTH = 2;
const ALLOWANCE_MS = 10;

interface Size {
  fixes: number;
  openMs: number;
  lookMs: number;
  addMs: number;
  batchMs: number;
  ackMs: number;
  usedMb: number;
}

const median = (times: readonly number[]): number => {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(10 * (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 10;
};

/** Some loads of the page; the first ones also read what the disk has. */
async function opened(page: Page, fixes: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    await page.reload();
    const { ms, pending } = await page.evaluate(() => window.outboxBench.open());
    if (pending !== fixes) throw new Error(`${pending} wait instead of ${fixes}`);
    times.push(ms);
  }
  return median(times);
}

const work = (page: Page, runs: number): Promise<OutboxTimes> => page.evaluate(count => window.outboxBench.work(count), runs);

/** A profile of its own for each size: what one leaves behind is no burden of the next. */
async function withPage<Result>(url: string, slow: number, use: (page: Page) => Promise<Result>): Promise<Result> {
  const profile = await mkdtemp(join(tmpdir(), 'bench-outbox-profile-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: chromiumPath()!, args: chromiumFlags });
  try {
    const page = await context.newPage();
    await page.goto(url);
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slow });
    return await use(page);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

async function measured(page: Page, fixes: number): Promise<Size> {
  await page.evaluate(count => window.outboxBench.fill(count), fixes);
  const openMs = await opened(page, fixes);
  const usedMb = Math.round(await page.evaluate(() => window.outboxBench.usedMb()));
  const times = await work(page, RUNS);
  const [lookMs, addMs, batchMs, ackMs] = [times.look, times.add, times.batch, times.ack].map(median);
  return { fixes, openMs, lookMs, addMs, batchMs, ackMs, usedMb };
}

/** A batch and its ack, when nearly all wait and when nearly none do. */
async function drained(page: Page, fixes: number): Promise<{ firstMs: number; lastMs: number }> {
  const { batch, ack } = await work(page, Math.floor(fixes / 600) - RUNS);
  const both = batch.map((ms, i) => ms + ack[i]);
  return { firstMs: median(both.slice(0, RUNS)), lastMs: median(both.slice(-RUNS)) };
}

const grew = (name: string, small: number, large: number): string[] =>
  large > GROWTH * small + ALLOWANCE_MS ? [`${name}: ${small} ms, and ${large} ms with the largest backlog`] : [];

function faultsOf(sizes: readonly Size[], drain: { firstMs: number; lastMs: number }): string[] {
  const [least, largest] = [sizes[0], sizes.at(-1)!];
  // Of a thousand there are no sixty batches.
  const batched = sizes.find(({ fixes }) => fixes >= LEAST_BATCHED) ?? largest;
  return [
    ...grew('open', least.openMs, largest.openMs),
    ...grew('look', least.lookMs, largest.lookMs),
    ...grew('add', least.addMs, largest.addMs),
    ...grew('batch', batched.batchMs, largest.batchMs),
    ...grew('ack', batched.ackMs, largest.ackMs),
    ...grew('batch and ack while it drains', drain.firstMs, drain.lastMs),
  ];
}

await runCommand({
  usage,
  options: { fixes: { type: 'string' }, slow: { type: 'string' }, json: { type: 'boolean' } },
  async run({ fixes, slow, json }) {
    if (chromiumPath() === null) {
      process.stderr.write(`There is no Chromium: ${chromiumAdvice}\n`);
      return 1;
    }
    const most = wholeNumberFrom(fixes, 604_800, { name: 'fixes', from: 1000, to: 5_000_000 });
    const rate = wholeNumberFrom(slow, 1, { name: 'slow', from: 1, to: 20 });
    const folder = await mkdtemp(join(tmpdir(), 'bench-outbox-'));
    await buildBenchPage('outbox', folder);
    const server = await serveBenchPage('outbox', folder);
    try {
      const sizes: Size[] = [];
      let drain = { firstMs: 0, lastMs: 0 };
      for (const size of [1000, LEAST_BATCHED, most].filter((one, i) => i === 2 || one < most)) {
        await withPage(server.url, rate, async page => {
          sizes.push(await measured(page, size));
          if (size === most) drain = await drained(page, size);
        });
        const { openMs, lookMs, addMs, batchMs, ackMs, usedMb } = sizes.at(-1)!;
        const line = `open ${openMs}  look ${lookMs}  add ${addMs}  batch ${batchMs}  ack ${ackMs} ms  ${usedMb} MB`;
        process.stdout.write(`${String(size).padStart(8)} waiting  ${line}\n`);
      }
      process.stdout.write(`batch and ack while it drains: first ${drain.firstMs} ms, last ${drain.lastMs} ms\n`);
      const faults = faultsOf(sizes, drain);
      for (const fault of faults) process.stdout.write(`grows: ${fault}\n`);
      if (json) printJson({ slow: rate, sizes, drain });
      return faults.length === 0 ? 0 : 1;
    } finally {
      server.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
});
