import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { DrillTerminal } from './drill-terminal.ts';
import { type Mutated, mutatedFrames } from './mutated-frames.ts';
import type { Sender } from './terminal-frames.ts';

const FRAMES_A_WRITE = 12;
const DEAF_MS = 2000;

type Source = Generator<Mutated, never>;

export interface AttackOptions {
  port: number;
  from: string;
  /** They are enrolled: the doors behind the first are tried, too. */
  senders: readonly Sender[];
  frames: number;
  seed: number;
  say: (line: string) => void;
}

/** Sends so many mutated frames over lines that come back whenever they are cut; every twentieth sender reads no answer. */
export async function attack({ port, from, senders, frames, seed, say }: AttackOptions): Promise<{ frames: number; lines: number }> {
  const done = { frames: 0, lines: 0 };
  const tenthOf = (count: number) => Math.floor((10 * count) / Math.max(1, frames));
  const attackers = senders.map(async (sender, i) => {
    const terminal = new DrillTerminal(sender, { port, from });
    const source = mutatedFrames(sender, { seed, at: Date.now() });
    while (done.frames < frames) {
      const socket = await terminal.line();
      if (!socket) {
        await pause(20);
        continue;
      }
      done.lines++;
      if (i % 20 === 19) await floodDeaf(socket, source);
      else {
        await flood(terminal, source, read => {
          if (tenthOf(done.frames + read) > tenthOf(done.frames)) say(`${done.frames + read} mutated frames on ${done.lines} lines`);
          done.frames += read;
          return done.frames < frames;
        });
      }
      socket.resetAndDestroy();
    }
    terminal.close();
  });
  await Promise.all(attackers);
  return done;
}

/** Until the line is cut or enough was sent. Only what was surely read counts: what a cut line had under way does not. */
async function flood(terminal: DrillTerminal, source: Source, isMoreWanted: (read: number) => boolean): Promise<void> {
  do {
    const socket = await terminal.line();
    if (!socket) return;
    socket.write(Buffer.concat(Array.from({ length: FRAMES_A_WRITE }, () => source.next().value.bytes)));
    if (!(await terminal.isHeard())) return;
  } while (isMoreWanted(FRAMES_A_WRITE));
}

/** Sends until nothing more goes through, as the answers are not taken, and hangs up. */
async function floodDeaf(socket: Socket, source: Source): Promise<void> {
  socket.pause();
  for (let isThrough = true; isThrough && !socket.destroyed; ) {
    const written = new Promise<boolean>(settle => socket.write(Buffer.concat(deafFrames(source)), () => settle(true)));
    isThrough = await Promise.race([written, pause(DEAF_MS, false)]);
  }
}

const deafFrames = (source: Source): Buffer[] => Array.from({ length: 100 }, () => source.next().value.bytes);

/** So many connections from one address that say nothing: how many of them stay. */
export async function crowd(port: number, from: string, count: number): Promise<number> {
  const sockets: Socket[] = [];
  try {
    for (let i = 0; i < count; i++) {
      const socket = connect({ port, host: '127.0.0.1', localAddress: from });
      socket.on('error', () => undefined);
      sockets.push(socket);
      await new Promise<void>(settle => socket.once('connect', settle).once('close', () => settle()));
    }
    await pause(1000);
    return sockets.filter(socket => !socket.destroyed).length;
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}
