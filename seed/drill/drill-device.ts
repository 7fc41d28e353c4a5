import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { FixReportReply } from '../../shared/device.ts';
import type { Problem, Reply } from '../../shared/reply.ts';
import type { Random } from '../season/random.ts';
import type { LedgerOutbox } from './ledger.ts';

export interface Loss {
  machine: string;
  outbox: string;
  /** Acknowledged, and then asked for again: both ends included. */
  from: number;
  to: number;
}

export interface DrillDeviceOptions {
  url: string;
  token: string;
  machine: string;
  random: Random;
  losses: Loss[];
  /** Anything else that the contract does not allow. */
  faults: string[];
}

const ACK_TIMEOUT_MS = 4000;
const MOST_ROWS = 300;
const RETRY_MS = 100;
/** Chance per report. */
const CHANCE = { overlap: 0.15, twice: 0.1, outOfTurn: 0.02, follow: 0.4, packed: 0.6 };

/**
 * A device that is hard to please: it sends what is due in pieces of any size, packed or as rows, overlapping, twice over two sockets, out
 * of turn, and holds the server to every acknowledgement.
 */
export class DrillDevice {
  private readonly sockets: Socket[];
  private closed = false;
  /** Reports that were acknowledged. */
  acks = 0;

  constructor(private readonly options: DrillDeviceOptions) {
    this.sockets = [this.open(), this.open()];
  }

  get machine(): string {
    return this.options.machine;
  }

  /** Sends the outbox as it grows until it has ended and all of it is acknowledged. */
  async drain(outbox: LedgerOutbox): Promise<void> {
    while (!this.closed && !outbox.drained) {
      if (outbox.acked >= outbox.last || !this.sockets[0].connected) await pause(15);
      else await this.sendSome(outbox);
    }
  }

  /** Asks for the last acknowledgement of an outbox again: it must be what was promised. */
  async confirm(outbox: LedgerOutbox): Promise<void> {
    while (outbox.last > 0 && (await this.ask(this.sockets[0], outbox, outbox.last, outbox.last)) === null) {
      // What was lost is sent again first.
      await this.drain(outbox);
      await pause(RETRY_MS);
    }
  }

  close(): void {
    this.closed = true;
    for (const socket of this.sockets) socket.disconnect();
  }

  private open(): Socket {
    const { url, token, machine, faults } = this.options;
    const reconnect = { reconnectionDelay: 60, reconnectionDelayMax: 200 };
    const socket = io(url, { transports: ['websocket'], auth: { token }, forceNew: true, ...reconnect });
    // Socket.IO itself does not come back when it was the server that refused or hung up.
    const comeBack = () => void setTimeout(() => !this.closed && socket.connect(), RETRY_MS);
    socket.on('disconnect', reason => reason === 'io server disconnect' && comeBack());
    socket.on('connect_error', (refusal: Error & { data?: Problem }) => {
      const code = refusal.data?.code;
      if (code !== undefined && code !== 'unavailable') faults.push(`${machine} may not connect: ${JSON.stringify(refusal.data)}`);
      if (!socket.active) comeBack();
    });
    return socket;
  }

  private async sendSome(outbox: LedgerOutbox): Promise<void> {
    const { random } = this.options;
    const [first, second] = this.sockets;
    const acked = outbox.acked;
    if (random.next() < CHANCE.outOfTurn && acked + 10 < outbox.last) {
      await this.ask(first, outbox, acked + 5, acked + 10);
      return;
    }
    const from = random.next() < CHANCE.overlap ? Math.max(1, acked - random.whole(40)) : acked + 1;
    const to = Math.min(outbox.last, Math.max(acked + 1, from + random.whole(MOST_ROWS)));
    const asked = [this.ask(first, outbox, from, to)];
    if (random.next() < CHANCE.twice) asked.push(this.ask(second, outbox, from, Math.min(outbox.last, to + random.whole(20))));
    if (random.next() < CHANCE.follow && to < outbox.last) asked.push(this.ask(first, outbox, to + 1, Math.min(outbox.last, to + 30)));
    await Promise.all(asked);
    if (outbox.acked === acked) await pause(RETRY_MS);
  }

  private async ask(socket: Socket, outbox: LedgerOutbox, from: number, to: number): Promise<number | null> {
    const promised = outbox.acked;
    const report = outbox.report(from, to, this.options.random.next() < CHANCE.packed);
    try {
      const reply: Reply<FixReportReply> = await socket.timeout(ACK_TIMEOUT_MS).emitWithAck('fix:report', report);
      return reply.ok ? this.takeAck(outbox, reply.value.upTo, promised) : this.takeProblem(outbox, reply.problem, promised);
    } catch {
      // No answer: it may be stored or not, and is sent again.
      return null;
    }
  }

  private takeAck(outbox: LedgerOutbox, upTo: number, promised: number): number {
    if (upTo > outbox.last) this.options.faults.push(`${outbox.id}: ${upTo} is acknowledged, ${outbox.last} is the last there is`);
    this.acks++;
    if (upTo < promised) this.lost(outbox, upTo, promised);
    else outbox.acked = Math.max(outbox.acked, upTo);
    return upTo;
  }

  private takeProblem(outbox: LedgerOutbox, problem: Problem, promised: number): null {
    const { code, expectedSeq } = problem;
    if (expectedSeq !== undefined && expectedSeq <= promised) this.lost(outbox, expectedSeq - 1, promised);
    else if (expectedSeq === undefined && code !== 'unavailable' && code !== 'limited')
      this.options.faults.push(`${outbox.id}: ${JSON.stringify(problem)}`);
    return null;
  }

  /** What was acknowledged before this question is not there. It is sent again, so that the drill can come to its end. */
  private lost(outbox: LedgerOutbox, upTo: number, promised: number): void {
    // The same loss is met again by what was on its way.
    if (outbox.acked <= upTo) return;
    this.options.losses.push({ machine: outbox.machine, outbox: outbox.id, from: upTo + 1, to: promised });
    outbox.acked = upTo;
  }
}
