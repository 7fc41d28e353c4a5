import { io, type Socket } from 'socket.io-client';
import type { ClockLine } from '../../shared/clock.ts';
import type { ClientToServer, RequestInput, RequestOutput, ServerToClient } from '../../shared/contract.ts';
import { paceAfter } from '../../shared/drain-pace.ts';
import { type Fix, rowOfFix } from '../../shared/fix.ts';
import type { Batch } from '../../shared/outbox-batch.ts';
import { packFixes } from '../../shared/packing.ts';
import type { Problem, Reply } from '../../shared/reply.ts';
import { BACKLOG, nextStep, rewound, type Sending } from './drain-plan.ts';
import { ackFixes, dropAcked, isFull, nextBatch, rewindTo } from './outbox.ts';
import type { CabDatabase, OutboxRecord } from './store.ts';

/** `denied`: the server does not take this token; trying again is of no use. */
export type LinkState = 'connecting' | 'connected' | 'away' | 'denied';

interface DrainOptions {
  database: CabDatabase;
  outbox: string;
  token: string;
  onState: (state: LinkState) => void;
  /** Something of the outbox's record is different now. */
  onChange: () => void;
  onClock: (line: ClockLine) => void;
  /** Something of the machine's orders or notices is new, or may be, since the connection was not there all the time. */
  onInbox: () => void;
  /** The phone's database failed; it is tried again. */
  onTrouble: (cause: unknown) => void;
}

const ACK_TIMEOUT_MS = 20_000;
const RETRY_MS = 1000;
const TROUBLE_MS = 5000;
/** A little less than the second between two positions, or every other one would miss its turn. */
const LIVE_EVERY_MS = 900;

/** Sends one outbox over a socket of its own, in order, and keeps sending until the server has everything. */
export class Drain {
  private state: LinkState = 'connecting';
  private readonly socket: Socket<ServerToClient, ClientToServer>;
  private sending: Sending = rewound(0);
  /** Rises with every loss: answers to what was sent before it still ack, but say nothing of what is under way. */
  private run = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private working: Promise<void> = Promise.resolve();
  private isQueued = false;
  private liveAt = 0;
  private isBehind = false;
  private isClosed = false;

  constructor(private readonly options: DrainOptions) {
    this.socket = io({
      transports: ['websocket'],
      auth: { token: options.token },
      forceNew: true,
      reconnectionDelay: 1000,
      reconnectionDelayMax: 8000,
    });
    this.socket.on('connect', () => void this.connected());
    this.socket.on('disconnect', reason => {
      this.lose();
      this.setState('away');
      // Socket.IO itself does not come back when it was the server that hung up.
      if (reason === 'io server disconnect') this.comeBack();
    });
    this.socket.on('connect_error', problem => this.notConnected(problem));
    this.socket.on('clock:changed', options.onClock);
    this.socket.on('inbox:changed', options.onInbox);
  }

  /** There may be something to send. */
  poke(): void {
    if (this.isQueued || this.isClosed) return;
    this.isQueued = true;
    this.inTurn(() => {
      this.isQueued = false;
      return this.pump();
    });
  }

  /** The network is there again, says the phone: no need to wait for the next attempt. */
  hurry(): void {
    if (!this.socket.connected && this.state !== 'denied') this.socket.disconnect().connect();
    this.sending = { ...this.sending, lastSentAt: 0 };
    this.poke();
  }

  /** The newest position ahead of a backlog; for the eye only, so it may be lost. */
  showLive(fix: Fix): void {
    const now = Date.now();
    if (!this.isBehind || !this.socket.connected || now < this.liveAt + LIVE_EVERY_MS) return;
    this.liveAt = now;
    this.socket.volatile.emit('fix:live', rowOfFix(fix));
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.socket.disconnect();
  }

  private async connected(): Promise<void> {
    const record = await this.options.database.get('outboxes', this.options.outbox);
    if (!record) return;
    this.lose();
    this.sending = rewound(record.acked);
    this.isBehind = record.lastSeq - record.acked > 1;
    this.liveAt = 0;
    if (record.newest) this.showLive(record.newest);
    this.setState('connected');
    this.poke();
    this.options.onInbox();
  }

  private notConnected(problem: Error & { data?: { code?: string } }): void {
    const code = problem.data?.code;
    const isDenied = code === 'unauthenticated' || code === 'forbidden';
    this.setState(isDenied ? 'denied' : 'away');
    if (!isDenied && !this.socket.active) this.comeBack();
  }

  private comeBack(): void {
    setTimeout(() => this.isClosed || this.socket.connect(), RETRY_MS);
  }

  private inTurn(work: () => Promise<void>): void {
    this.working = this.working.then(work).catch(cause => {
      this.options.onTrouble(cause);
      setTimeout(() => this.poke(), TROUBLE_MS);
    });
  }

  private setState(state: LinkState): void {
    if (this.isClosed) return;
    this.state = state;
    this.options.onState(state);
  }

  private lose(): void {
    this.run++;
    this.sending = { ...this.sending, unacked: 0 };
  }

  private async pump(): Promise<void> {
    const { database, outbox } = this.options;
    while (this.state === 'connected' && this.socket.connected && !this.isClosed) {
      const record = await database.get('outboxes', outbox);
      if (!record) return;
      const step = nextStep(this.sending, record.lastSeq, Date.now());
      if (step.do === 'wait') {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.poke(), step.ms);
      }
      if (step.do !== 'send') return;
      const { run } = this;
      const batch = await nextBatch(database, outbox, this.sending.sentTo, step.most);
      // Meanwhile the connection may be another one.
      if (run !== this.run) continue;
      if (!batch) return;
      this.send(batch);
    }
  }

  private send(batch: Batch): void {
    const { run } = this;
    const sentAt = performance.now();
    this.sending = { ...this.sending, sentTo: batch.upTo, unacked: this.sending.unacked + 1, lastSentAt: Date.now() };
    const report: RequestInput<'fix:report'> = { v: 1, outbox: this.options.outbox, packed: packFixes(batch.fixes) };
    if (batch.thinned.length > 0) report.thinned = batch.thinned;
    this.socket.timeout(ACK_TIMEOUT_MS).emit('fix:report', report, (failure, reply) => {
      const tookMs = performance.now() - sentAt;
      this.inTurn(() => this.answered({ tookMs, batch, run, reply: failure ? null : reply }));
      this.poke();
    });
  }

  private async answered(heard: {
    batch: Batch;
    run: number;
    tookMs: number;
    reply: Reply<RequestOutput<'fix:report'>> | null;
  }): Promise<void> {
    const { batch, run, tookMs, reply } = heard;
    const isCurrent = run === this.run;
    if (isCurrent) this.sending = { ...this.sending, unacked: this.sending.unacked - 1 };
    if (reply?.ok) {
      const pace = paceAfter(this.sending.pace, { fixes: batch.fixes.length, tookMs });
      if (isCurrent) this.sending = { ...this.sending, pace };
      const record = await this.ack(reply.value.upTo, reply.value.refused.length);
      // An answer that leaves part of the batch open: that part again, unhurried.
      if (isCurrent && reply.value.upTo < batch.upTo) this.again(record, RETRY_MS);
    } else if (isCurrent) await this.failed(reply?.problem ?? null);
  }

  private async ack(upTo: number, refused: number): Promise<OutboxRecord> {
    const { database, outbox, onChange } = this.options;
    const record = await ackFixes(database, outbox, { upTo, refused, at: Date.now() }).catch(async cause => {
      if (!isFull(cause)) throw cause;
      await dropAcked(database, outbox, upTo);
      return { ...(await database.get('outboxes', outbox))!, acked: upTo };
    });
    this.sending = { ...this.sending, sentTo: Math.max(this.sending.sentTo, record.acked) };
    this.isBehind = record.lastSeq - record.acked > BACKLOG;
    onChange();
    return record;
  }

  private async failed(problem: Problem | null): Promise<void> {
    const { database, outbox } = this.options;
    if (problem?.code === 'unauthenticated' || problem?.code === 'forbidden') return this.setState('denied');
    if (problem?.expectedSeq !== undefined) {
      await this.ack(problem.expectedSeq - 1, 0);
      return this.again(await rewindTo(database, outbox, problem.expectedSeq), 0);
    }
    const record = await database.get('outboxes', outbox);
    if (record) this.again(record, problem === null ? 0 : (problem.retryAfterMs ?? RETRY_MS));
  }

  /** From the last seq known to be safe, after a pause. */
  private again(record: OutboxRecord, pauseMs: number): void {
    this.lose();
    this.sending = { ...rewound(record.acked), pausedUntil: Date.now() + pauseMs };
  }
}
