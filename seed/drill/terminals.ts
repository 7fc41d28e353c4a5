import { printJson, runCommand, wholeNumberFrom } from '../../server/commands/command.ts';
import { findMongod } from '../../server/database/find-mongod.ts';
import { readSettings } from '../../server/settings.ts';
import { runTerminals, type TerminalsResult } from './run-terminals.ts';

const usage = `npm run drill:terminals -- [--terminals 5000] [--kills 3] [--frames 1000000] [--crowd 10000] [--seed S] [--json]

Positioning terminals (JT/T 808, editions 2013 and 2019) report to a program in a temporary folder. It is killed meanwhile: what it
answered must be stored, once. Then, with all of them on the line, one address opens connections that say nothing, and others send frames
that are spoiled in every way: the program must go on, keep its terminals, and give back the memory.

  --terminals N   at once (5000)
  --kills N       how often the program is killed (3)
  --frames N      mutated frames (1000000)
  --crowd N       silent connections from one address (10000)
  --seed S        the same seed gives the same reports, kills and frames (1)
  --json          the last line is the result as one object

Exit: 0 good, 1 something was lost, ended or not given back, or the drill could not be carried out, 2 wrong use.
`;

const summary = (result: TerminalsResult): string =>
  [
    `terminals    ${result.terminals}, on the line at once ${result.connected}`,
    `kills        ${result.kills}; ${result.resent} messages were sent again`,
    `locations    ${result.answered} answered, ${result.stored} stored`,
    `mutated      ${result.frames} frames on ${result.lines} lines`,
    `crowd        ${result.crowd.kept} of ${result.crowd.asked} silent connections from one address stayed`,
    `heap         ${result.heapMb.before} MB before, ${result.heapMb.after} MB after; resident ${result.residentMb.before} and ${result.residentMb.after} MB`,
    ...result.faults.map(fault => `fault        ${fault}`),
    `${result.good ? 'good' : 'FAILED'}         ${result.seconds.toFixed(1)} s`,
    '',
  ].join('\n');

await runCommand({
  usage,
  options: {
    terminals: { type: 'string' },
    kills: { type: 'string' },
    frames: { type: 'string' },
    crowd: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ terminals, kills, frames, crowd, seed, json }) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
    const options = {
      terminals: wholeNumberFrom(terminals, 5000, { name: 'terminals', from: 1, to: 15_000 }),
      kills: wholeNumberFrom(kills, 3, { name: 'kills', from: 0, to: 1000 }),
      frames: wholeNumberFrom(frames, 1_000_000, { name: 'frames', from: 0, to: 100_000_000 }),
      crowd: wholeNumberFrom(crowd, 10_000, { name: 'crowd', from: 0, to: 14_000 }),
      seed: wholeNumberFrom(seed, 1, { name: 'seed', from: 0, to: 2 ** 31 }),
    };
    const { mongod, dataDir } = readSettings(process.env);
    const found = await findMongod({ mongodPath: mongod, dataDir, log: { info: () => undefined, warn: () => undefined } });
    const result = await runTerminals({ ...options, mongod: found.path, say: line => void process.stderr.write(`${line}\n`) });
    process.stdout.write(summary(result));
    if (json) printJson(result);
    return result.good ? 0 : 1;
  },
});
