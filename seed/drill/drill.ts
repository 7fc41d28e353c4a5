import { printJson, runCommand, WrongUse, wholeNumberFrom } from '../../server/commands/command.ts';
import { findMongod } from '../../server/database/find-mongod.ts';
import { readSettings } from '../../server/settings.ts';
import { type DrillResult, runDrill } from './run-drill.ts';
import { type Target, targets } from './schedule.ts';

const usage = `npm run drill -- --kills N [--seed S] [--target server|mongod|both] [--break ack-before-write] [--json]

Machines report to a program in a temporary folder while it is killed (SIGKILL) at random moments: at work, while starting, folding and
at checkpoints. In the end everything acknowledged must be stored, and equal what an undisturbed program makes of the same fixes.

  --kills N                  how many kills (20)
  --seed S                   the same seed gives the same season, tracks and kills (a random one)
  --target T                 server (default), mongod, or both: one, the other or the two at once
  --break ack-before-write   a fault in the program that the drill must find: it acknowledges before it writes
  --json                     the last line is the result as one object

Exit: 0 nothing was lost, 1 something was or the drill could not be carried out, 2 wrong use.
`;

const SHOWN_COMPLAINTS = 10;
const percentile = (sorted: readonly number[], share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);

function summary(result: DrillResult): string {
  const digests = Object.entries(result.digests).flatMap(([name, digest]) => (digest ? [{ name, ...digest }] : []));
  const count = (test: (kill: DrillResult['kills'][number]) => boolean) => result.kills.filter(test).length;
  const victims = (['server', 'mongod', 'server and mongod'] as const).map(name => `${name} ${count(kill => kill.victim === name)}`);
  const moments = (['running', 'starting', 'checkpoint'] as const).map(name => `${name} ${count(kill => kill.moment.when === name)}`);
  const starts = [...result.startsMs].sort((a, b) => a - b);
  return [
    `seed         ${result.seed}`,
    `kills        ${result.kills.length}: ${victims.join(', ')}; ${moments.join(', ')}`,
    `starts       ${starts.length}: p50 ${percentile(starts, 0.5)} ms, longest ${percentile(starts, 1)} ms`,
    `acked        ${result.acked} fixes`,
    `stored       ${result.stored} fixes`,
    `missing      ${result.losses.reduce((sum, { from, to }) => sum + to - from + 1, 0)}`,
    ...result.losses.map(({ machine, outbox, from, to }) => `  ${machine} ${outbox}: ${from}–${to} were acknowledged and are not there`),
    ...result.faults.map(fault => `fault        ${fault}`),
    ...(result.faults.length > 0 ? result.complaints.slice(-SHOWN_COMPLAINTS) : []),
    `complaints   ${result.complaints.length} errors in the log`,
    ...digests.map(
      ({ name, fixSha256, coverageSha256 }) =>
        `${name.padEnd(12)} fixes ${fixSha256.slice(0, 16)}… coverage ${coverageSha256.slice(0, 16)}…`,
    ),
    `totals       ${JSON.stringify(result.digests.killed.totals)}`,
    `${result.good ? 'good' : 'FAILED'}         ${result.seconds.toFixed(1)} s`,
    '',
  ].join('\n');
}

const targetFrom = (text: string): Target =>
  targets.find(target => target === text) ??
  (() => {
    throw new WrongUse(`--target ${text}: must be ${targets.join(', ')}`);
  })();

await runCommand({
  usage,
  options: {
    kills: { type: 'string' },
    seed: { type: 'string' },
    target: { type: 'string' },
    break: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ kills, seed, target, break: fault, json }) {
    if (fault !== undefined && fault !== 'ack-before-write') throw new WrongUse(`--break ${fault}: only ack-before-write is known`);
    if (fault && target === 'mongod') throw new WrongUse('--break: this fault shows when the server is killed, --target server or both');
    // Ends what was started, too: see ProgramUnderTest.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
    const options = {
      kills: wholeNumberFrom(kills, 20, { name: 'kills', from: 0, to: 10_000 }),
      seed: wholeNumberFrom(seed, Math.floor(Math.random() * 1e6), { name: 'seed', from: 0, to: 2 ** 31 }),
      target: targetFrom(target ?? 'server'),
      fault,
    } as const;
    const { mongod, dataDir } = readSettings(process.env);
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const found = await findMongod({ mongodPath: mongod, dataDir, log: { info: () => undefined, warn: () => undefined } });
    say(`seed ${options.seed}`);
    const result = await runDrill({ ...options, mongod: found.path, say });
    process.stdout.write(summary(result));
    if (json) printJson({ ...result, kills: result.kills.length, complaints: result.complaints.length });
    return result.good ? 0 : 1;
  },
});
