import type { Fix } from '../../shared/fix.ts';
import type { FixLog } from '../stores/fix-log.ts';
import type { Fold } from './fold.ts';
import { type Ingest, keyOf } from './ingest.ts';
import { acceptedOf } from './outbox.ts';

export type TerminalFix = Omit<Fix, 'seq'>;

/** What became of the fixes of one message. */
export interface Taken {
  accepted: number;
  refused: number;
  /** Stored before: the same terminal, fix time and position. */
  known: number;
  /** Of those stored: older than what had come before. */
  late: number;
}

/**
 * The outboxes of devices that number nothing. A record's identity is terminal, fix time and position. What is newer than all before goes
 * into the terminal's own outbox, in order of fix time. What is older and not stored yet (kept by the terminal while it had no network, or
 * sent after its clock was put back) goes into an outbox for late fixes, again in order of fix time: the one that ends last before it, so that few
 * are needed. A terminal that hands over its store newest first would still need one a message: from the last one on, its track runs backwards.
 */
export class TerminalOutboxes {
  private readonly lanes = new Map<string, Promise<unknown>>();
  private readonly newest = new Map<string, number>();
  private readonly lateCounts = new Map<string, number>();

  constructor(private readonly deps: { ingest: Ingest; fold: Fold; log: FixLog }) {}

  /** Ends when everything is durable; one message of a terminal after the other. */
  take(machine: string, outbox: string, fixes: readonly TerminalFix[]): Promise<Taken> {
    const key = keyOf(machine, outbox);
    const turn = (this.lanes.get(key) ?? Promise.resolve()).then(() => this.takeInTurn(machine, outbox, fixes));
    const lane = turn.catch(() => undefined).finally(() => this.lanes.get(key) === lane && this.lanes.delete(key));
    this.lanes.set(key, lane);
    return turn;
  }

  private async takeInTurn(machine: string, outbox: string, fixes: readonly TerminalFix[]): Promise<Taken> {
    const newest = this.newestOf(machine, outbox);
    const inOrder = uniqueInOrder(fixes);
    const fresh = inOrder.filter(fix => fix.fixTime > newest);
    const older = inOrder.filter(fix => fix.fixTime <= newest);
    const late = older.length > 0 ? await this.unknownOf(machine, outbox, older) : [];
    const accepted = (await this.store(machine, outbox, fresh)) + (await this.storeLate(machine, outbox, late));
    const stored = fresh.length + late.length;
    return { accepted, refused: stored - accepted, known: fixes.length - stored, late: late.length };
  }

  private async store(machine: string, outbox: string, fixes: readonly TerminalFix[]): Promise<number> {
    if (fixes.length === 0) return 0;
    const { accepted, lastTime } = await this.deps.ingest.append(machine, outbox, fixes);
    // A refused one says nothing of what is late: a clock that was ahead once would make all that is right late.
    if (lastTime !== null) this.newest.set(keyOf(machine, outbox), Math.max(this.newestOf(machine, outbox), lastTime));
    return accepted;
  }

  private storeLate(machine: string, outbox: string, fixes: readonly TerminalFix[]): Promise<number> {
    if (fixes.length === 0) return Promise.resolve(0);
    return this.store(machine, this.lateOutboxFor(machine, outbox, fixes[0].fixTime), fixes);
  }

  private newestOf(machine: string, outbox: string): number {
    const key = keyOf(machine, outbox);
    return this.newest.get(key) ?? this.deps.fold.outboxes.get(key)?.lastFixTime ?? Number.NEGATIVE_INFINITY;
  }

  private lateOutboxFor(machine: string, outbox: string, fromTime: number): string {
    const key = keyOf(machine, outbox);
    const count = this.lateCounts.get(key) ?? this.storedLateCount(machine, outbox);
    let [best, bestEnd] = [count + 1, Number.NEGATIVE_INFINITY];
    for (let i = 1; i <= count; i++) {
      const end = this.newestOf(machine, lateName(outbox, i));
      if (end < fromTime && end > bestEnd) [best, bestEnd] = [i, end];
    }
    best = Math.min(best, MOST_LATE_OUTBOXES);
    this.lateCounts.set(key, Math.max(count, best));
    return lateName(outbox, best);
  }

  private storedLateCount(machine: string, outbox: string): number {
    let count = 0;
    while (this.deps.fold.outboxes.has(keyOf(machine, lateName(outbox, count + 1)))) count++;
    return count;
  }

  /** Of fixes that are not newer than all before, those that no batch of this terminal holds. */
  private async unknownOf(machine: string, outbox: string, fixes: readonly TerminalFix[]): Promise<TerminalFix[]> {
    const stored = new Set<string>();
    for await (const batch of this.deps.log.ofMachine(machine, fixes[0].fixTime, fixes.at(-1)!.fixTime)) {
      if (batch.outbox === outbox || batch.outbox.startsWith(`${outbox}${LATE}`))
        for (const fix of acceptedOf(batch)) stored.add(identityOf(fix));
    }
    return fixes.filter(fix => !stored.has(identityOf(fix)));
  }
}

const LATE = '-late-';
/** Each costs memory for the whole season, and a terminal with a broken clock must not have as many as it likes. */
const MOST_LATE_OUTBOXES = 40;
const lateName = (outbox: string, count: number): string => `${outbox}${LATE}${count}`;
const identityOf = ({ fixTime, lng, lat }: TerminalFix): string => `${fixTime} ${Math.round(lng * 1e7)} ${Math.round(lat * 1e7)}`;

function uniqueInOrder(fixes: readonly TerminalFix[]): TerminalFix[] {
  const byIdentity = new Map(fixes.map(fix => [identityOf(fix), fix]));
  return [...byIdentity.values()].sort((a, b) => a.fixTime - b.fixTime || a.lng - b.lng || a.lat - b.lat);
}
