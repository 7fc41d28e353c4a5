import type { FixLog, StoredBatch } from '../stores/fix-log.ts';
import type { Log } from './log.ts';

export type Draft = Omit<StoredBatch, '_id'>;

interface Waiting {
  draft: Draft;
  bytes: number;
  since: number;
  durable: () => void;
  fold: (number: number) => void;
  failed: (error: PlaceTaken) => void;
}

interface Numbered {
  waiting: Waiting;
  batch: StoredBatch;
}

/** Another writer holds the batch's place in its outbox: what is stored there must be read again. */
export class PlaceTaken extends Error {}

const MOST_A_GROUP = 2000;
const MOST_BYTES_A_GROUP = 8_000_000;

/** At least what a batch takes in the database's message, so that a group stays below its limit. */
const bytesOf = ({ packed, refused = [], thinned = [] }: Draft): number =>
  refused.reduce((sum, { raw = '' }) => sum + 200 + 3 * raw.length, packed.length + 300 + 50 * thinned.length);

/** A turn of the event loop: whatever was started before is on its way after it. */
const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/**
 * The only writer of the fix log: one group at a time, so that the log has no holes. What arrives while one group is being made durable becomes the next group. A group whose write ended
 * without a clear answer is written again, with the same numbers, until the answer is clear: nothing is ever skipped.
 */
export class FixAppender {
  private queue: Waiting[] = [];
  private bytesWaiting = 0;
  private running: Promise<void> | null = null;
  private oldestWaiting: number | null = null;
  private stopping = false;

  constructor(
    private readonly store: FixLog,
    private nextNumber: number,
    private readonly wall: () => number,
    private readonly log: Log,
  ) {}

  /**
   * Resolves when the batch is durable. `fold` is called in log order with the batch's log number: once the answers that wait for this are
   * on their way, and before the program hears anything else.
   */
  append(draft: Draft, fold: (number: number) => void): Promise<void> {
    return new Promise((durable, failed) => {
      const bytes = bytesOf(draft);
      this.bytesWaiting += bytes;
      this.queue.push({ draft, bytes, since: this.wall(), durable, fold, failed });
      this.running ??= this.run();
    });
  }

  /** How long the oldest batch has waited for the database, ms, and how much waits. */
  backlog(): { waitedMs: number; bytes: number } {
    const oldest = this.oldestWaiting ?? this.queue[0]?.since;
    return { waitedMs: oldest === undefined ? 0 : this.wall() - oldest, bytes: this.bytesWaiting };
  }

  /** Resolves when all that was given is durable and folded, or at once when the database is out of reach. */
  async drain(): Promise<void> {
    this.stopping = true;
    await this.running;
    await nextTurn();
  }

  /** While the database works on one group, the one before it is folded and answered. */
  private async run(): Promise<void> {
    // Whatever arrives in the same turn goes into the first group.
    await nextTurn();
    let stored: Numbered[] = [];
    while (this.queue.length > 0) {
      const group = this.takeGroup().map(waiting => ({ waiting, batch: { _id: this.nextNumber++, ...waiting.draft } }));
      this.oldestWaiting = group[0].waiting.since;
      const isStored = this.store.append(group.map(one => one.batch)).then(
        answer => answer.takenAt === null,
        () => false,
      );
      if (stored.length > 0) await nextTurn();
      this.tell(stored);
      stored = [];
      if (!(await isStored)) {
        // What follows must not be stored behind the hole: the devices have no answer and send all of it again.
        if (!(await this.makeDurable(group))) return;
      } else if (this.queue.length > 0) stored = group;
      else this.tell(group);
    }
    this.oldestWaiting = null;
    this.running = null;
  }

  private tell(stored: readonly Numbered[]): void {
    for (const { waiting, batch } of stored) this.settle(waiting, batch, true, null);
  }

  private takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < this.queue.length && count < MOST_A_GROUP && bytes < MOST_BYTES_A_GROUP) bytes += this.queue[count++].bytes;
    return this.queue.splice(0, count);
  }

  /**
   * The careful way, after a write that ended in any other way than well: again, and asking what is there, until all is clear. False: given
   * up, as the program ends and the database does not answer.
   */
  private async makeDurable(group: readonly Numbered[]): Promise<boolean> {
    let left = group;
    for (let delayMs = 100; left.length > 0; delayMs = Math.min(2000, delayMs * 2)) {
      if (this.stopping) return false;
      const batches = left.map(one => one.batch);
      try {
        const { takenAt } = await this.store.append(batches);
        const stored = takenAt === null ? null : await this.store.storedOf(batches);
        const taken = takenAt === null || stored!.has(batches[takenAt]._id) ? null : batches[takenAt];
        left = left.filter(({ waiting, batch }) => this.settle(waiting, batch, stored === null || stored.has(batch._id), taken));
        if (taken) this.refuseQueued(taken);
      } catch (error) {
        this.log.error({ error: String(error), batches: left.length }, 'the fix log could not be written; trying again');
        if (this.stopping) return false;
        await new Promise(resolve => setTimeout(resolve, delayMs));
      }
    }
    return true;
  }

  /** What follows a batch that lost its place must not be stored behind a hole. */
  private refuseQueued(taken: StoredBatch): void {
    const isBehind = ({ draft }: Waiting) => draft.machine === taken.machine && draft.outbox === taken.outbox;
    for (const waiting of this.queue.filter(isBehind)) {
      this.bytesWaiting -= waiting.bytes;
      waiting.failed(new PlaceTaken(`${taken.machine} ${taken.outbox} from ${waiting.draft.firstSeq}`));
    }
    this.queue = this.queue.filter(waiting => !isBehind(waiting));
  }

  /** True when the batch must be written once more. */
  private settle(waiting: Waiting, batch: StoredBatch, isStored: boolean, taken: StoredBatch | null): boolean {
    const lostItsPlace = !isStored && taken !== null && taken.machine === batch.machine && taken.outbox === batch.outbox;
    if (!isStored && !lostItsPlace) return true;
    this.bytesWaiting -= waiting.bytes;
    if (isStored) {
      waiting.durable();
      process.nextTick(waiting.fold, batch._id);
    } else waiting.failed(new PlaceTaken(`${batch.machine} ${batch.outbox} from ${batch.firstSeq}`));
    return false;
  }
}
