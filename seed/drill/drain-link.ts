import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { Broadcast, RequestOutput } from '../../shared/contract.ts';
import type { Reply } from '../../shared/reply.ts';
import { Device } from '../device/device.ts';
import { dayTrack } from './day-track.ts';
import { type ThinLineOptions, thinLine } from './thin-line.ts';

export interface DrainLinkOptions extends ThinLineOptions {
  url: string;
  machine: string;
  /** The machine's, and somebody's who may see the city. */
  tokens: { machine: string; viewer: string };
  city: string;
  origin: readonly number[];
  seed: number;
  backlog: number;
  say: (line: string) => void;
}

export interface DrainLinkResult {
  /** Until the backlog was acknowledged, from the moment the line was there. */
  seconds: number;
  /** Fixes that the outbox numbered, those added meanwhile included; of them refused. */
  fixes: number;
  refused: number;
  /** Until a page showed where the machine is. */
  firstLiveMs: number;
  /** From then on: how old the position was at its oldest, as a page that is not on the thin line shows it. */
  oldestLiveMs: number;
  upBytes: number;
  downBytes: number;
  /** All that went up, with the headers of TCP and IP, by the fixes that were acknowledged. */
  lineBytesPerFix: number;
}

const SECOND = 1000;
const SAY_EVERY_MS = 15_000;

/** A phone comes back with a backlog, over a thin line, and goes on working: how long it takes, and how old the live position gets. */
export async function drainLink(options: DrainLinkOptions): Promise<DrainLinkResult> {
  const { url, machine, tokens, city, backlog, seed, say } = options;
  const line = await thinLine(url, options);
  const page = await watch({ url, token: tokens.viewer, city, machine });
  const from = Date.now() - backlog * SECOND;
  const track = dayTrack(options.origin, seed, from);
  const device = new Device({
    url: line.url,
    token: tokens.machine,
    outbox: randomBytes(12).toString('base64url'),
    drainBatch: 300,
    lingerMs: 3000,
    ackTimeoutMs: 20_000,
  });
  // Before it is connected: its outbox is full by then.
  for (let i = 0; i < backlog; i++) device.push(track.next().value);
  const began = Date.now();
  page.begin();
  const receiver = setInterval(() => {
    while (from + device.pushed * SECOND <= Date.now()) device.push(track.next().value);
  }, 50);
  const telling = setInterval(() => say(`${device.acked} of ${backlog}, live ${page.ageMs} ms old`), SAY_EVERY_MS);
  try {
    while (device.acked < backlog && device.state !== 'denied') await pause(50);
    const seconds = (Date.now() - began) / 1000;
    clearInterval(receiver);
    page.end();
    await device.drained();
    const lineBytesPerFix = line.upLineBytes / device.acked;
    const { upBytes, downBytes } = line;
    const { firstLiveMs, oldestLiveMs } = page;
    return { seconds, fixes: device.pushed, refused: device.refused, firstLiveMs, oldestLiveMs, upBytes, downBytes, lineBytesPerFix };
  } finally {
    clearInterval(receiver);
    clearInterval(telling);
    device.close();
    page.close();
    line.close();
  }
}

interface Watched {
  firstLiveMs: number;
  oldestLiveMs: number;
  readonly ageMs: number;
  begin(): void;
  end(): void;
  close(): void;
}

/** A dispatcher's page: hears of the machine as the map does. */
async function watch({ url, token, city, machine }: { url: string; token: string; city: string; machine: string }): Promise<Watched> {
  const socket = io(url, { transports: ['websocket'], auth: { token }, forceNew: true });
  let [began, newest] = [Number.POSITIVE_INFINITY, 0];
  const look = (): void => {
    if (newest > 0) watched.oldestLiveMs = Math.max(watched.oldestLiveMs, Date.now() - newest);
  };
  const watched: Watched = {
    firstLiveMs: Number.POSITIVE_INFINITY,
    oldestLiveMs: 0,
    get ageMs() {
      return Date.now() - newest;
    },
    begin() {
      began = Date.now();
    },
    end() {
      look();
      began = Number.POSITIVE_INFINITY;
    },
    close: () => void socket.disconnect(),
  };
  socket.on('view:changed', ({ machines }: Broadcast<'view:changed'>) => {
    const row = machines.find(([id]) => id === machine);
    if (!row || Date.now() < began) return;
    // It was as old as now until this moment.
    look();
    if (newest === 0) watched.firstLiveMs = Date.now() - began;
    newest = Math.max(newest, row[5]);
    look();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const opened: Reply<RequestOutput<'view:open'>> = await socket.timeout(10_000).emitWithAck('view:open', { division: city });
  if (!opened.ok) throw new Error(`the page was refused: ${opened.problem.message}`);
  return watched;
}
