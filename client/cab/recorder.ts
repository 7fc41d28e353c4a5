import type { Fix } from '../../shared/fix.ts';
import { fixOfPosition, isWorthKeeping, type UnnumberedFix } from './fix-filter.ts';
import { gapBetween } from './gaps.ts';
import { addFix, thinOldest } from './outbox.ts';
import type { CabDatabase } from './store.ts';

const FIRST_THINNING_MS = 5000;
const COARSEST_THINNING_MS = 3_600_000;

interface RecorderOptions {
  database: CabDatabase;
  outbox: string;
  /** The last fix that an earlier page kept. */
  newest: Fix | null;
  /** On duty since then: what came before it was another shift, and the time between is no gap. */
  since: number;
  working: () => 0 | 1 | null;
  /** From the phone's clock to the season's. */
  offsetMs: () => number;
  onFix: (fix: Fix) => void;
  onTrouble: (cause: unknown) => void;
}

/** Takes positions into the outbox, one after the other; what it cannot write yet it holds and tries again before the next. */
export class Recorder {
  private last: UnnumberedFix | null;
  private heardAt: number | null;
  private wasClosed = true;
  private writing: Promise<void> = Promise.resolve();
  private held: UnnumberedFix[] = [];

  constructor(private readonly options: RecorderOptions) {
    this.last = options.newest;
    this.heardAt = options.newest && options.newest.fixTime >= options.since ? options.newest.fixTime : null;
  }

  get outbox(): string {
    return this.options.outbox;
  }

  take(position: GeolocationPosition, wasHidden: boolean): void {
    const fix = fixOfPosition(position, this.options.offsetMs(), this.options.working());
    this.noteGap(fix.fixTime, wasHidden);
    if (!isWorthKeeping(this.last, fix)) return;
    this.last = fix;
    this.held.push(fix);
    this.writing = this.writing.then(() => this.write()).catch(this.options.onTrouble);
  }

  private noteGap(fixTime: number, wasHidden: boolean): void {
    const gap = gapBetween(this.heardAt, fixTime, { wasHidden, wasClosed: this.wasClosed });
    this.heardAt = fixTime;
    this.wasClosed = false;
    if (gap) void this.options.database.add('gaps', gap).catch(this.options.onTrouble);
  }

  private async write(): Promise<void> {
    for (let fix = this.held[0]; fix; fix = this.held[0]) {
      this.options.onFix(await this.keep(fix));
      this.held.shift();
    }
  }

  /** The newest fix is never given up: where there is no room, the oldest of all outboxes make it. */
  private async keep(fix: UnnumberedFix): Promise<Fix> {
    const { database, outbox } = this.options;
    for (let everyMs = FIRST_THINNING_MS; ; ) {
      try {
        return await addFix(database, outbox, fix);
      } catch (cause) {
        if (!isFull(cause) || everyMs > COARSEST_THINNING_MS) throw cause;
        if (!(await this.makeRoom(everyMs))) everyMs *= 2;
      }
    }
  }

  private async makeRoom(everyMs: number): Promise<boolean> {
    const outboxes = await this.options.database.getAll('outboxes');
    for (const { id } of outboxes.sort((a, b) => a.createdAt - b.createdAt)) {
      if ((await thinOldest(this.options.database, id, everyMs)) > 0) return true;
    }
    return false;
  }
}

const isFull = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'QuotaExceededError';
