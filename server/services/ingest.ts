import { setTimeout as pause } from 'node:timers/promises';
import type { FixReport, FixReportReply } from '../../shared/device.ts';
import { type Fix, rowOfFix } from '../../shared/fix.ts';
import { Refusal } from '../../shared/reply.ts';
import type { FixLog } from '../stores/fix-log.ts';
import { type Draft, type FixAppender, PlaceTaken } from './fix-appender.ts';
import type { Fold } from './fold.ts';
import { type Admitted, Outbox, type ReadReport, readReport, readRow } from './outbox.ts';
import type { Registry } from './registry.ts';

/** A database that has not answered for so long makes new reports wait at the device instead of here. */
const LONGEST_WAIT_MS = 8000;
/** How long the program with the fault keeps in memory what it has acknowledged. */
const WRITES_LATER_MS = 100;
const MOST_BYTES_WAITING = 128 * 1024 * 1024;

/** What is counted: prom-client's counters and histogram fit. */
export interface IngestMetrics {
  fixes: { inc(labels: { verdict: string }, count: number): void };
  batches: { inc(): void };
  ackSeconds: { startTimer(): () => void };
}

/** From a report to its acknowledgement: read, admit, judge, make durable, fold, answer. */
export class Ingest {
  /** The serial owner of each outbox, or the reading back of it. */
  private readonly owners = new Map<string, Outbox | Promise<Outbox>>();
  /** Outboxes to which another program wrote. */
  private readonly contested = new Set<string>();
  /** Set while the disk is too full to promise anything. */
  refuseBecause: string | null = null;

  constructor(
    private readonly deps: {
      log: FixLog;
      appender: FixAppender;
      fold: Fold;
      registry: Registry;
      now: () => number;
      metrics: IngestMetrics;
      /** The fault that the drill must find: answers before anything is written. */
      ackBeforeWrite?: boolean;
    },
  ) {}

  async report(machine: string, report: FixReport): Promise<FixReportReply> {
    const stopTimer = this.deps.metrics.ackSeconds.startTimer();
    try {
      this.refuseWhenOverwhelmed();
      const read = readReport(report);
      const held = this.ownerOf(machine, report.outbox);
      const owner = held instanceof Outbox ? held : await held;
      const draft = this.take(owner, read);
      if (!draft) return await this.acknowledgeKnown(owner, read.rows);
      if (!this.deps.ackBeforeWrite) await owner.settled();
      const refused = (draft.refused ?? []).map(({ seq, reasons }) => ({ seq, reasons }));
      return { upTo: draft.lastSeq, refused };
    } catch (error) {
      throw error instanceof PlaceTaken ? this.contest(keyOf(machine, report.outbox)) : error;
    } finally {
      stopTimer();
    }
  }

  /**
   * The same for a gateway, whose outboxes are numbered here: fixes without a seq get the next ones. Ends when all of them are durable;
   * returns how many were accepted, and the latest time of those; null: none was.
   */
  async append(
    machine: string,
    outbox: string,
    fixes: readonly Omit<Fix, 'seq'>[],
  ): Promise<{ accepted: number; lastTime: number | null }> {
    this.refuseWhenOverwhelmed();
    const held = this.ownerOf(machine, outbox);
    const owner = held instanceof Outbox ? held : await held;
    const rows = fixes.map((fix, i) => readRow(rowOfFix({ ...fix, seq: owner.handedOverSeq + 1 + i }), i));
    try {
      const draft = this.take(owner, { rows, packed: null, thinned: [] });
      await owner.settled();
      return { accepted: fixes.length - (draft?.refused?.length ?? 0), lastTime: draft?.lastTime ?? null };
    } catch (error) {
      throw error instanceof PlaceTaken ? this.contest(keyOf(machine, outbox)) : error;
    }
  }

  /** Judges what is new and hands it to the log; null when nothing is. */
  private take(owner: Outbox, read: ReadReport): Draft | null {
    const { registry, now, ackBeforeWrite } = this.deps;
    const admitted = owner.admit(read, { receivedAt: now(), serviceArea: registry.serviceArea() });
    if (!admitted) return null;
    owner.follow(ackBeforeWrite ? pause(WRITES_LATER_MS).then(() => this.store(admitted)) : this.store(admitted));
    if (ackBeforeWrite) owner.settled().catch(() => undefined);
    return admitted.draft;
  }

  private store({ draft, accepted }: Admitted): Promise<void> {
    return this.deps.appender.append(draft, number => {
      this.deps.fold.take(number, draft, accepted);
      this.count(draft, accepted.length);
    });
  }

  private count(draft: Draft, accepted: number): void {
    const { metrics } = this.deps;
    metrics.batches.inc();
    metrics.fixes.inc({ verdict: 'accepted' }, accepted);
    for (const { reasons } of draft.refused ?? []) metrics.fixes.inc({ verdict: reasons[0] }, 1);
  }

  /** Everything is stored, or about to be: acknowledged again, with what was refused of it. */
  private async acknowledgeKnown(owner: Outbox, rows: readonly { seq: number }[]): Promise<FixReportReply> {
    const upTo = owner.handedOverSeq;
    await owner.settled();
    const [first, last] = [rows[0]?.seq, rows.at(-1)?.seq];
    const refused: FixReportReply['refused'] = [];
    if (first === undefined || last === undefined) return { upTo, refused };
    for await (const batch of this.deps.log.ofOutbox(owner.machine, owner.outbox, first - 1)) {
      if (batch.firstSeq > last) break;
      for (const { seq, reasons } of batch.refused ?? []) if (seq >= first && seq <= last) refused.push({ seq, reasons });
    }
    return { upTo, refused };
  }

  /** The outbox's place in the log was taken: its owner knows too little, and the next report reads back what is there. */
  private contest(key: string): Refusal {
    this.owners.delete(key);
    this.contested.add(key);
    return new Refusal('unavailable', 'another program stored this part of the outbox; send it again', { retryAfterMs: 500 });
  }

  private ownerOf(machine: string, outbox: string): Outbox | Promise<Outbox> {
    const key = keyOf(machine, outbox);
    const held = this.owners.get(key);
    if (held) return held;
    // All of the log was folded at the start: what the fold does not know is new, unless another program writes too, or there was a season before.
    const isNew = !this.deps.fold.isPartial && !this.deps.fold.outboxes.has(key) && !this.contested.has(key);
    const owner = isNew ? new Outbox(machine, outbox, 0) : this.load(machine, outbox);
    this.owners.set(key, owner);
    return owner;
  }

  /** Reads back what the log holds of the outbox, and folds what another program stored. */
  private async load(machine: string, outbox: string): Promise<Outbox> {
    const { fold, log } = this.deps;
    const key = keyOf(machine, outbox);
    try {
      const last = await log.lastOfOutbox(machine, outbox);
      const folded = fold.foldedSeq(machine, outbox);
      if (last && last.lastSeq > folded) for await (const batch of log.ofOutbox(machine, outbox, folded)) fold.takeStored(batch);
      const owner = Outbox.after(machine, outbox, last);
      this.owners.set(key, owner);
      return owner;
    } catch (error) {
      this.owners.delete(key);
      throw error;
    }
  }

  private refuseWhenOverwhelmed(): void {
    if (this.refuseBecause) throw new Refusal('unavailable', this.refuseBecause, { retryAfterMs: 30_000 });
    const { waitedMs, bytes } = this.deps.appender.backlog();
    if (waitedMs > LONGEST_WAIT_MS)
      throw new Refusal('unavailable', 'the database does not answer; keep the fixes and try again', { retryAfterMs: 3000 });
    if (bytes > MOST_BYTES_WAITING) throw new Refusal('unavailable', 'too much is waiting to be stored; try again', { retryAfterMs: 1000 });
  }
}

export const keyOf = (machine: string, outbox: string): string => `${machine}/${outbox}`;
