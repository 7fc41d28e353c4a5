import { printJson, runCommand, wholeNumberFrom } from '../../server/commands/command.ts';
import { findMongod } from '../../server/database/find-mongod.ts';
import { readSettings } from '../../server/settings.ts';
import { LINK_LIMITS, type LinkResult, runLink } from './run-link.ts';

const usage = `npm run drill:link -- [--fixes 50000] [--kbit 20] [--rtt 600] [--seed S] [--json]

A phone comes back with a day's backlog over a thin line and goes on working, a position a second. The line is a proxy before the real
program that lets so much through each way, headers of TCP and IP included, and buffers at most 16 kB. It runs in real time: some minutes.

  --fixes N   the backlog (50000)
  --kbit N    kbit/s each way (20)
  --rtt MS    round trip (600)
  --seed S    the same seed gives the same track (1)
  --json      the last line is the result as one object

Exit: 0 the backlog was through within ${LINK_LIMITS.seconds / 60} minutes, the live position never older than ${LINK_LIMITS.liveMs / 1000} s on a page, and every fix stored once;
1 not so, or the drill could not be carried out; 2 wrong use.
`;

const summary = (result: LinkResult): string =>
  [
    `line         ${result.kbitPerS} kbit/s each way, round trip ${result.roundTripMs} ms`,
    `backlog      ${result.backlog} fixes in ${result.seconds.toFixed(1)} s; ${result.fixes - result.backlog} came in meanwhile`,
    `up           ${result.upBytes} bytes; ${result.lineBytesPerFix.toFixed(1)} a fix with the headers of TCP and IP, frames and live lane`,
    `down         ${result.downBytes} bytes`,
    `live         first after ${result.firstLiveMs} ms, ${result.oldestLiveMs} ms old at most`,
    `stored       ${result.stored} of ${result.fixes}, ${result.refused} refused`,
    ...result.faults.map(fault => `fault        ${fault}`),
    result.good ? 'good' : 'FAILED',
    '',
  ].join('\n');

await runCommand({
  usage,
  options: {
    fixes: { type: 'string' },
    kbit: { type: 'string' },
    rtt: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ fixes, kbit, rtt, seed, json }) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
    const options = {
      fixes: wholeNumberFrom(fixes, 50_000, { name: 'fixes', from: 1, to: 1_000_000 }),
      kbitPerS: wholeNumberFrom(kbit, 20, { name: 'kbit', from: 1, to: 100_000 }),
      roundTripMs: wholeNumberFrom(rtt, 600, { name: 'rtt', from: 0, to: 10_000 }),
      seed: wholeNumberFrom(seed, 1, { name: 'seed', from: 0, to: 2 ** 31 }),
    };
    const { mongod, dataDir } = readSettings(process.env);
    const found = await findMongod({ mongodPath: mongod, dataDir, log: { info: () => undefined, warn: () => undefined } });
    const result = await runLink({ ...options, mongod: found.path, say: line => void process.stderr.write(`${line}\n`) });
    process.stdout.write(summary(result));
    if (json) printJson(result);
    return result.good ? 0 : 1;
  },
});
