import type { Fix } from '../../shared/fix.ts';
import { fixOfPosition, isWorthKeeping, type UnnumberedFix } from './fix-filter.ts';
import { type Gap, type GapShown, gapBetween } from './gaps.ts';
import { addFix, isFull, thinOldest } from './outbox.ts';
import { type CabDatabase, recordAct } from './store.ts';

const FIRST_THINNING_MS = 5000;
const COARSEST_THINNING_MS = 3_600_000;
const THIN_AGAIN_MS = 5 * 60_000;
const RETRY_MS = 10_000;

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
  /** Some older fixes were given up. */
  onThinned: () => void;
  onTrouble: (cause: unknown) => void;
}

/** Takes positions into the outbox, one after the other; what it cannot write yet it holds and tries again before the next. */
export class Recorder {
  private last: UnnumberedFix | null;
  private heardAt: number | null;
  private wasClosed = true;
  private writing: Promise<void> = Promise.resolve();
  private held: UnnumberedFix[] = [];
  private readonly untold: GapShown[] = [];
  private thinnedAt = Number.NEGATIVE_INFINITY;
  private retry: ReturnType<typeof setTimeout> | undefined;

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
    this.writeInTurn();
  }

  private writeInTurn(): void {
    this.writing = this.writing.then(() => this.write()).catch(this.options.onTrouble);
  }

  private noteGap(fixTime: number, wasHidden: boolean): void {
    const gap = gapBetween(this.heardAt, fixTime, { wasHidden, wasClosed: this.wasClosed });
    this.heardAt = fixTime;
    this.wasClosed = false;
    if (gap) void this.tellGap(gap).catch(this.options.onTrouble);
  }

  /** To the operator at once, and to the dispatcher when there is a network. */
  private async tellGap(gap: Gap): Promise<void> {
    const { database, outbox } = this.options;
    await database.add('gaps', gap);
    const id = crypto.randomUUID();
    await recordAct(database, {}, { id, outbox, route: 'reportGap', body: { id, ...gap }, at: gap.to });
  }

  private async write(): Promise<void> {
    clearTimeout(this.retry);
    try {
      for (let fix = this.held[0]; fix; fix = this.held[0]) {
        this.options.onFix(await this.keep(fix));
        this.held.shift();
        if (this.untold.length > 0) await this.tellThinned();
      }
    } catch (cause) {
      this.retry = setTimeout(() => this.writeInTurn(), RETRY_MS);
      throw cause;
    }
  }

  /**
   * The newest fix is never given up: where there is no room, the oldest of all outboxes make it. A browser counts the room that became
   * free only some time later, so nothing more is given up until then; meanwhile what is new is held in memory.
   */
  private async keep(fix: UnnumberedFix): Promise<Fix> {
    const { database, outbox } = this.options;
    try {
      return await addFix(database, outbox, fix);
    } catch (cause) {
      if (!isFull(cause) || Date.now() < this.thinnedAt + THIN_AGAIN_MS) throw cause;
    }
    this.thinnedAt = Date.now();
    for (let everyMs = FIRST_THINNING_MS; everyMs <= COARSEST_THINNING_MS; everyMs *= 2) if (await this.makeRoom(everyMs)) break;
    this.options.onThinned();
    return addFix(database, outbox, fix);
  }

  private async makeRoom(everyMs: number): Promise<boolean> {
    const outboxes = await this.options.database.getAll('outboxes');
    for (const { id } of outboxes.sort((a, b) => a.createdAt - b.createdAt)) {
      const thinned = await thinOldest(this.options.database, id, everyMs);
      if (thinned === null) continue;
      this.untold.push({ from: thinned.from, to: thinned.to, cause: 'thinned' });
      return true;
    }
    return false;
  }

  /** What was given up stands among the gaps as soon as there is room for it. */
  private async tellThinned(): Promise<void> {
    for (let gap = this.untold[0]; gap; gap = this.untold[0]) {
      await this.options.database.add('gaps', gap);
      this.untold.shift();
    }
  }
}
