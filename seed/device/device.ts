import { io, type Socket } from 'socket.io-client';
import type { ClockLine } from '../../shared/clock.ts';
import { LIVE_EVENT } from '../../shared/contract.ts';
import { DEVICE_PROTOCOL, type FixReport, type FixReportReply, type RefusalReason } from '../../shared/device.ts';
import { firstPace, paceAfter } from '../../shared/drain-pace.ts';
import { type Fix, rowOfFix } from '../../shared/fix.ts';
import type { Batch } from '../../shared/outbox-batch.ts';
import { packFixes } from '../../shared/packing.ts';
import type { Problem, Reply } from '../../shared/reply.ts';
import { seasonTime } from '../../shared/season-time.ts';
import { Outbox, type UnnumberedFix } from './outbox.ts';

/** `denied`: the server does not take this token; trying again is of no use. */
export type DeviceState = 'connecting' | 'connected' | 'away' | 'denied' | 'closed';

/** A bad line, for trials: each function is asked once a batch. */
export interface Faults {
  /** The batch is lost on the way. */
  dropBatch?: () => boolean;
  /** The batch arrives, the reply is lost. */
  dropReply?: () => boolean;
  /** The batch is sent twice. */
  duplicate?: () => boolean;
}

export interface DeviceOptions {
  url: string;
  token: string;
  /** Random, made with the device: it names this run of numbers for ever. */
  outbox: string;
  /** Packed batches (default) or plain rows. */
  packed?: boolean;
  /** Fixes a batch, and, while a backlog of more than four such batches drains, as many as the link allows up to this. */
  batch?: number;
  drainBatch?: number;
  mostUnacked?: number;
  /** A batch that is not full goes out after so long. */
  lingerMs?: number;
  ackTimeoutMs?: number;
  reconnectMs?: number;
  faults?: Faults;
  onAcked?: (upTo: number) => void;
  onRefused?: (seq: number, reasons: RefusalReason[]) => void;
  onState?: (state: DeviceState, why: string) => void;
  onClock?: (line: ClockLine) => void;
  /** Orders or notices for its machine are new, or may be, since it was not connected all the time. */
  onInbox?: () => void;
  /** Every problem that the server answered with; the device goes on by itself. */
  onProblem?: (problem: Problem) => void;
}

/** A little less than the second between two positions, or every other one would miss its turn. */
const LIVE_EVERY_MS = 900;
const RETRY_MS = 1000;

/**
 * A complete device over the public contract: it numbers fixes, sends them in order, keeps each until it is acked, and sends again
 * whatever it does not know to be safe. Nothing here knows whether the fixes come from a satellite, a file or a simulation.
 */
export class Device {
  state: DeviceState = 'connecting';
  clock: ClockLine | null = null;
  /** Refused fixes by reason; a fix with two reasons counts under both. */
  readonly refusedByReason = new Map<RefusalReason, number>();
  private readonly kept = new Outbox();
  private readonly socket: Socket;
  private readonly refusedSeqs = new Set<number>();
  private readonly inFlight = new Set<Batch>();
  private readonly waiters: { resolve: () => void; reject: (why: Error) => void }[] = [];
  private sentTo = 0;
  private pausedUntil = 0;
  private timer: NodeJS.Timeout | undefined;
  private comeBack: NodeJS.Timeout | undefined;
  private timerAt = Number.POSITIVE_INFINITY;
  private lingerFrom = 0;
  private liveAt = 0;
  private wanted = true;
  /** It was away and its backlog is not through yet. */
  private draining = false;
  private pace = firstPace;

  constructor(private readonly options: DeviceOptions) {
    this.socket = io(options.url, {
      transports: ['websocket'],
      auth: { token: options.token },
      forceNew: true,
      reconnectionDelay: options.reconnectMs ?? 1000,
      reconnectionDelayMax: (options.reconnectMs ?? 1000) * 5,
    });
    this.socket.on('connect', () => this.connected());
    this.socket.on('disconnect', reason => this.disconnected(reason));
    this.socket.on('connect_error', problem => this.notConnected(problem));
    this.socket.on('inbox:changed', () => this.options.onInbox?.());
    this.socket.on('clock:changed', (line: ClockLine) => {
      this.clock = line;
      this.options.onClock?.(line);
    });
  }

  /** Everything up to this seq is durable. */
  get acked(): number {
    return this.kept.acked;
  }
  get pending(): number {
    return this.kept.pending;
  }
  get refused(): number {
    return this.refusedSeqs.size;
  }
  /** The last seq given. */
  get pushed(): number {
    return this.kept.lastSeq;
  }
  /** The season's time by the server's last word, null before it. */
  seasonNow(wall: number = Date.now()): number | null {
    return this.clock && seasonTime(this.clock, wall);
  }

  /** Takes a fix into the outbox and returns its seq. */
  push(fix: UnnumberedFix): number {
    const numbered = this.kept.add(fix);
    if (this.draining) this.sendLive(numbered);
    this.pump();
    return numbered.seq;
  }

  /** Gives up fixes that are not acked yet (storage full): named as thinned with the next batch. */
  thin(from: number, to: number): void {
    this.kept.thin(from, to);
    this.pump();
  }

  /** Resolves when everything pushed so far and since is acked; from now on no batch waits to get full. */
  drained(): Promise<void> {
    if (this.kept.empty) return Promise.resolve();
    return new Promise((resolve, reject) => {
      if (this.state === 'denied' || this.state === 'closed') return reject(new Error(`device is ${this.state}`));
      this.waiters.push({ resolve, reject });
      this.pump();
    });
  }

  /** Lost signal: the socket goes, the outbox fills. */
  loseSignal(): void {
    this.wanted = false;
    this.socket.disconnect();
  }
  regainSignal(): void {
    this.wanted = true;
    this.socket.connect();
  }

  close(): void {
    this.wanted = false;
    clearTimeout(this.timer);
    clearTimeout(this.comeBack);
    this.setState('closed', '');
    this.socket.disconnect();
    this.rejectWaiters('closed');
  }

  private connected(): void {
    this.setState('connected', '');
    this.pausedUntil = 0;
    this.pace = firstPace;
    this.rewind();
    const newest = this.kept.newest;
    if (newest && this.kept.pending > 1) {
      this.draining = true;
      this.liveAt = 0;
      this.sendLive(newest);
    }
    this.options.onInbox?.();
    this.pump();
  }

  private disconnected(reason: string): void {
    this.rewind();
    this.setState('away', reason);
    // Socket.IO itself does not come back when it was the server that hung up.
    if (reason === 'io server disconnect') this.comeBackLater();
  }

  private notConnected(problem: Error & { data?: { code?: string } }): void {
    const code = problem.data?.code;
    if (code === 'unauthenticated' || code === 'forbidden') {
      this.setState('denied', problem.message);
      this.rejectWaiters(problem.message);
      return;
    }
    this.setState('connecting', problem.message);
    if (!this.socket.active) this.comeBackLater();
  }

  private comeBackLater(): void {
    clearTimeout(this.comeBack);
    this.comeBack = setTimeout(() => this.wanted && this.socket.connect(), this.options.reconnectMs ?? RETRY_MS);
  }

  private rejectWaiters(why: string): void {
    for (const waiter of this.waiters.splice(0)) waiter.reject(new Error(why));
  }

  private setState(state: DeviceState, why: string): void {
    if (this.state === 'closed') return;
    this.state = state;
    this.options.onState?.(state, why);
  }

  /** Whatever is in flight may be lost: go on after the last seq known to be safe. Late replies are still heard. */
  private rewind(): void {
    this.inFlight.clear();
    this.sentTo = this.kept.acked;
  }

  private pump(): void {
    if (this.state !== 'connected' || !this.socket.connected) return;
    const batch = this.options.batch ?? 60;
    while (this.inFlight.size < (this.options.mostUnacked ?? 2)) {
      const waiting = this.kept.countAfter(this.sentTo);
      const full = waiting >= batch || waiting === 0 || this.draining || this.waiters.length > 0;
      const sendAt = Math.max(this.pausedUntil, full ? 0 : this.lingerFrom + (this.options.lingerMs ?? 1000));
      if (sendAt > Date.now()) {
        this.pumpAt(sendAt);
        break;
      }
      const most = this.options.drainBatch === undefined ? batch : Math.min(this.pace.most, this.options.drainBatch);
      const next = this.kept.batchAfter(this.sentTo, waiting > 4 * batch ? most : batch);
      if (!next) break;
      this.lingerFrom = Date.now();
      this.send(next);
    }
  }

  private pumpAt(wall: number): void {
    if (this.timerAt <= wall) return;
    clearTimeout(this.timer);
    this.timerAt = wall;
    this.timer = setTimeout(
      () => {
        this.timerAt = Number.POSITIVE_INFINITY;
        this.pump();
      },
      Math.max(0, wall - Date.now()),
    );
  }

  private send(batch: Batch): void {
    this.inFlight.add(batch);
    this.sentTo = batch.upTo;
    const sentAt = performance.now();
    const report = this.reportOf(batch);
    const { dropBatch, dropReply, duplicate } = this.options.faults ?? {};
    const ackTimeoutMs = this.options.ackTimeoutMs ?? 10_000;
    const replyLost = dropReply?.() ?? false;
    const lose = () => setTimeout(() => this.unanswered(batch), ackTimeoutMs).unref();
    const heard = (failure: Error | null, reply?: Reply<FixReportReply>) => {
      if (failure || !reply) this.unanswered(batch);
      else if (replyLost) lose();
      else this.answered(batch, reply, performance.now() - sentAt);
    };
    if (dropBatch?.()) {
      lose();
      return;
    }
    const socket = this.socket.timeout(ackTimeoutMs);
    socket.emit('fix:report', report, heard);
    if (duplicate?.()) socket.emit('fix:report', report, heard);
  }

  private reportOf(batch: Batch): FixReport {
    const report: FixReport = { v: DEVICE_PROTOCOL, outbox: this.options.outbox };
    if (this.options.packed ?? true) report.packed = packFixes(batch.fixes);
    else report.rows = batch.fixes.map(rowOfFix);
    if (batch.thinned.length > 0) report.thinned = batch.thinned;
    return report;
  }

  private unanswered(batch: Batch): void {
    if (!this.inFlight.delete(batch)) return;
    if (batch.upTo > this.kept.acked) this.rewind();
    this.pump();
  }

  private answered(batch: Batch, reply: Reply<FixReportReply>, tookMs: number): void {
    const current = this.inFlight.delete(batch);
    if (reply.ok) {
      this.takeAck(reply.value);
      if (current) this.pace = paceAfter(this.pace, { fixes: batch.fixes.length, tookMs });
      // An answer that leaves part of the batch open: send that part again, unhurried.
      if (current && reply.value.upTo < batch.upTo) this.retryAfter(RETRY_MS);
    } else if (current) this.takeProblem(reply.problem);
    this.pump();
  }

  private takeAck(value: FixReportReply): void {
    for (const { seq, reasons } of value.refused) {
      // A resend is answered again, so the same refusal can be heard twice.
      if (this.refusedSeqs.has(seq)) continue;
      this.refusedSeqs.add(seq);
      for (const reason of reasons) this.refusedByReason.set(reason, (this.refusedByReason.get(reason) ?? 0) + 1);
      this.options.onRefused?.(seq, reasons);
    }
    this.advance(value.upTo);
  }

  private advance(upTo: number): void {
    if (upTo <= this.kept.acked) return;
    this.kept.ack(upTo);
    this.sentTo = Math.max(this.sentTo, this.kept.acked);
    if (this.kept.pending <= (this.options.batch ?? 60)) this.draining = false;
    this.options.onAcked?.(this.kept.acked);
    if (this.kept.empty) for (const waiter of this.waiters.splice(0)) waiter.resolve();
  }

  private takeProblem(problem: Problem): void {
    this.options.onProblem?.(problem);
    if (problem.code === 'invalid' && problem.expectedSeq !== undefined) {
      this.advance(problem.expectedSeq - 1);
      this.kept.rewindTo(problem.expectedSeq);
      this.rewind();
    } else this.retryAfter(problem.retryAfterMs ?? RETRY_MS);
  }

  private retryAfter(ms: number): void {
    this.pausedUntil = Date.now() + ms;
    this.rewind();
  }

  /** The newest position at once, ahead of the backlog; for the eye only, so it may be lost. */
  private sendLive(fix: Fix): void {
    const wall = Date.now();
    if (!this.socket.connected || wall < this.liveAt + LIVE_EVERY_MS) return;
    this.liveAt = wall;
    this.socket.volatile.emit(LIVE_EVENT, rowOfFix(fix));
  }
}
