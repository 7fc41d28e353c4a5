import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MOST_FIXES_A_BATCH } from '../../shared/device.ts';
import type { Problem } from '../../shared/reply.ts';
import { Device, type Faults } from '../device/device.ts';
import type { UnnumberedFix } from '../device/outbox.ts';
import { readTrack } from '../device/track.ts';

const HELP = `npm run device -- --track T.csv --token T [options]

Sends a track file as a real device: its own fix times unchanged, every fix kept until the server has it.

  --track FILE     CSV: fixTime,lng,lat,speedKmh[,headingDeg][,workingWidthM][,working][,label]
  --token TOKEN    of the machine, from npm run enrol
  --url URL        of the program (http://127.0.0.1:3000)
  --speed N        how many times as fast as life (1); 0: as fast as it goes
  --batch N        fixes a batch, 1 to ${MOST_FIXES_A_BATCH} (10)
  --drop P         loses a batch or its reply with this probability (0)
  --duplicate P    sends a batch twice with this probability (0)

Exit: 0 all is with the server, 1 failed, 2 wrong use.`;

interface Order {
  fixes: UnnumberedFix[];
  token: string;
  url: string;
  speed: number;
  batch: number;
  drop: number;
  duplicate: number;
}

/** With faults on the line a lost batch is noticed sooner. */
const ACK_TIMEOUT_MS = { good: 10_000, faulty: 1000 };
const PROGRESS_MS = 500;

const misuse = (problem: string): never => {
  process.stderr.write(`${problem}\n\n${HELP}\n`);
  process.exit(2);
};

function readOrder(argv: string[]): Order {
  const names = ['track', 'token', 'url', 'speed', 'batch', 'drop', 'duplicate'] as const;
  const { values } = parseArgs({
    args: argv,
    options: { ...Object.fromEntries(names.map(name => [name, { type: 'string' as const }])), help: { type: 'boolean' } },
  }) as { values: Partial<Record<(typeof names)[number], string>> & { help?: boolean } };
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    process.exit(0);
  }
  const number = (name: 'speed' | 'batch' | 'drop' | 'duplicate', otherwise: number, [low, high]: [number, number]): number => {
    const value = values[name] === undefined ? otherwise : Number(values[name] || Number.NaN);
    return value >= low && value <= high ? value : misuse(`--${name} ${values[name]}: a number from ${low} to ${high}`);
  };
  const order = {
    token: values.token ?? misuse('--token is missing'),
    url: values.url ?? 'http://127.0.0.1:3000',
    speed: number('speed', 1, [0, 1e9]),
    batch: number('batch', 10, [1, MOST_FIXES_A_BATCH]),
    drop: number('drop', 0, [0, 0.95]),
    duplicate: number('duplicate', 0, [0, 1]),
  };
  if (!Number.isInteger(order.batch)) misuse('--batch: a whole number');
  if (!URL.canParse(order.url)) misuse(`--url ${order.url}: not a URL`);
  return { ...order, fixes: loadTrack(values.track ?? misuse('--track is missing')) };
}

function loadTrack(path: string): UnnumberedFix[] {
  try {
    const { fixes, bad } = readTrack(readFileSync(path, 'utf8'));
    for (const [reason, count] of bad) process.stderr.write(`${path}: ${count} rows left out: ${reason}\n`);
    if (fixes.length === 0) throw new Error('no usable row');
    return fixes;
  } catch (problem) {
    return fail(`${path}: ${(problem as Error).message}`);
  }
}

const fail = (problem: string): never => {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
};

/** Half of the lost batches are lost on the way, half of them were taken and only the reply is lost. */
const faultsOf = ({ drop, duplicate }: Order): Faults => ({
  dropBatch: () => Math.random() < drop / 2,
  dropReply: () => Math.random() < drop / 2,
  duplicate: () => Math.random() < duplicate,
});

/** What waiting or sending again can mend. */
const curable = ({ code, expectedSeq }: Problem): boolean =>
  code === 'limited' || code === 'unavailable' || code === 'internal' || expectedSeq !== undefined;
const MOST_HOPELESS = 3;

async function send(order: Order): Promise<void> {
  const { fixes, speed } = order;
  let trouble = '';
  let hopeless = 0;
  const device = new Device({
    url: order.url,
    token: order.token,
    outbox: randomBytes(12).toString('base64url'),
    batch: order.batch,
    lingerMs: 1000,
    ackTimeoutMs: order.drop > 0 ? ACK_TIMEOUT_MS.faulty : ACK_TIMEOUT_MS.good,
    faults: faultsOf(order),
    onState: (state, why) => {
      trouble = why;
      if (state === 'denied') fail(`the server does not take this token: ${why}`);
    },
    onProblem: problem => {
      trouble = `${problem.code}: ${problem.message}`;
      hopeless = curable(problem) ? 0 : hopeless + 1;
      if (hopeless === MOST_HOPELESS) fail(`the server does not take this track: ${trouble}`);
    },
  });
  const say = (end: string): void => {
    const refused = [...device.refusedByReason].map(([reason, count]) => `${reason} ${count}`).join(', ');
    const line = `sent ${device.pushed} of ${fixes.length}, acked ${device.acked}, refused ${device.refused}${refused && ` (${refused})`}`;
    process.stdout.write(`${process.stdout.isTTY ? '\r\u001B[K' : ''}${line}${trouble && end === '' ? ` ${trouble}` : ''}${end}`);
  };
  const progress = setInterval(() => process.stdout.isTTY && say(''), PROGRESS_MS);
  const stop = (): void => {
    say('\n');
    device.close();
    process.exit(device.pending > 0 || device.pushed < fixes.length ? 1 : 0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  const began = Date.now();
  for (const fix of fixes) {
    const dueIn = speed > 0 ? (fix.fixTime - fixes[0].fixTime) / speed - (Date.now() - began) : 0;
    if (dueIn > 1) await pause(dueIn);
    device.push(fix);
    if (device.pending % 5000 === 0) await pause(0);
  }
  await device.drained();
  clearInterval(progress);
  say('\n');
  device.close();
}

try {
  await send(readOrder(process.argv.slice(2)));
} catch (problem) {
  if ((problem as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) misuse((problem as Error).message);
  fail((problem as Error).message);
}
