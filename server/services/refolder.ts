import type { Box } from '../domain/field-shape.ts';
import { cellsOf } from '../domain/ground-cells.ts';
import type { DerivedStore, PendingRefold } from '../stores/derived.ts';
import type { FixLog } from '../stores/fix-log.ts';
import type { Fold, FoldedOutbox } from './fold.ts';
import { acceptedOf } from './outbox.ts';
import { Pace } from './pace.ts';

/** What of the world changes under the tracks: ground whose fields change, machines whose implements change, and from which instant on. */
export type GroundChange = PendingRefold;

/** Beyond a field's boundary a fix still counts as in it: 4 m (assignment.ts), at most 9 m here. */
const MARGIN_DEGREES = 1e-4;
/** Of more places than these it is not looked up in the log who really came there. */
const MOST_LOOKED_UP = 64;
/** Of more places than these only their squares are written down. */
const MOST_NOTED = 2000;
const SQUARE_DEGREES = 0.01;
/** Fields whose coverage is out of date before they are worked out and made the base. */
const RENEWED_AT_ONCE = 2000;

interface Waiting {
  /** Null: it is certain that the outbox must be folded again. */
  boxes: readonly Box[] | null;
}

/**
 * Folds outboxes again when fields or implements change, so that coverage follows from the raw fixes as if the world had always been as it
 * is now. What is to change is written down before it changes: after a kill everything that passed there is folded again.
 */
export class Refolder {
  private readonly waiting = new Map<string, Waiting>();
  /** Changes that are written down and under way. */
  private open = 0;
  private noted: GroundChange = { boxes: [], machines: [] };
  private running: Promise<void> | null = null;
  private stopping = false;
  /** Told of a change as soon as it is made, and after a start of what was under way. */
  onChange: (change: GroundChange) => void = () => undefined;

  constructor(
    private readonly deps: {
      fold: Fold;
      log: Pick<FixLog, 'ofOutbox'>;
      store: Pick<DerivedStore, 'putPendingRefold' | 'pendingRefold'>;
    },
  ) {}

  /** Outboxes that are still to be folded again. */
  get left(): number {
    return this.waiting.size + (this.running ? 1 : 0);
  }

  /** After a start: what was written down and not brought to its end. */
  async resume(): Promise<void> {
    const pending = await this.deps.store.pendingRefold();
    if (!pending) return;
    this.noted = pending;
    this.enqueue(pending);
  }

  /** Makes a change; when it is made, what it touches is folded again, beginning at once. */
  async around<T>(change: GroundChange, make: () => Promise<T>): Promise<T> {
    if (change.boxes.length === 0 && change.machines.length === 0) return make();
    const boxes = change.boxes.map(([west, south, east, north]): Box => {
      return [west - MARGIN_DEGREES, south - MARGIN_DEGREES, east + MARGIN_DEGREES, north + MARGIN_DEGREES];
    });
    const widened = { boxes, machines: change.machines };
    this.open++;
    try {
      this.noted = joined(this.noted, widened);
      await this.deps.store.putPendingRefold(this.noted);
      return await make();
    } finally {
      this.open--;
      this.enqueue(widened);
    }
  }

  /** Resolves when nothing is left to fold again, or after so many ms. */
  async settled(withinMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>(resolve => {
      timer = setTimeout(resolve, withinMs);
    });
    // Whoever waits here is not told of a failure: the next beat tries again.
    await Promise.race([this.run().catch(() => undefined), enough]);
    clearTimeout(timer);
  }

  /** Works off what waits; rejects when the database does not answer, and what is left stays for the next call. */
  run(): Promise<void> {
    this.running ??= this.workOff().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** The outbox in hand is left as it was: the next start begins with it. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running?.catch(() => undefined);
  }

  private enqueue({ boxes, machines }: GroundChange): void {
    this.onChange({ boxes, machines });
    const cells = new Set(boxes.flatMap(box => [...cellsOf(box)]));
    const changedFrom = new Map<string, number>();
    for (const { id, from } of machines) changedFrom.set(id, Math.min(from, changedFrom.get(id) ?? from));
    const lookedUp = boxes.length <= MOST_LOOKED_UP ? boxes : null;
    for (const [key, outbox] of this.deps.fold.outboxes) {
      const from = changedFrom.get(outbox.machine) ?? Number.POSITIVE_INFINITY;
      // One that is being folded again may have begun with the implements of before.
      const isNamed = (outbox.lastFixTime ?? Number.NEGATIVE_INFINITY) >= from || (changedFrom.has(outbox.machine) && outbox.replay);
      if (isNamed) this.waiting.set(key, { boxes: null });
      else if (outbox.ground.touches(cells)) {
        const before = this.waiting.get(key);
        this.waiting.set(key, { boxes: before ? together(before.boxes, lookedUp) : lookedUp });
      }
    }
  }

  private async workOff(): Promise<void> {
    const { fold, log, store } = this.deps;
    if (this.waiting.size === 0 && this.noted.boxes.length === 0 && this.noted.machines.length === 0) return;
    const pace = new Pace();
    const stopped = () => this.stopping;
    for (const [key, waiting] of this.waiting) {
      if (this.stopping) return;
      this.waiting.delete(key);
      try {
        const outbox = fold.outboxes.get(key);
        if (!outbox || !(await this.cameThere(outbox, waiting, pace))) continue;
        await fold.refold(outbox, { log, pace, stopped });
      } catch (error) {
        this.waiting.set(key, { boxes: null });
        throw error;
      }
      if (fold.outOfDate > RENEWED_AT_ONCE) {
        await fold.evaluateAll();
        await fold.checkpoint();
      }
    }
    await fold.evaluateAll();
    if (this.stopping || this.waiting.size > 0 || this.open > 0) return;
    this.noted = { boxes: [], machines: [] };
    await store.putPendingRefold(null);
  }

  /** By the raw fixes: the squares that an outbox is known to have been in are a kilometre wide. */
  private async cameThere({ machine, outbox }: FoldedOutbox, { boxes }: Waiting, pace: Pace): Promise<boolean> {
    if (boxes === null) return true;
    for await (const batch of this.deps.log.ofOutbox(machine, outbox)) {
      for (const { lng, lat } of acceptedOf(batch))
        for (const [west, south, east, north] of boxes) if (lng >= west && lng <= east && lat >= south && lat <= north) return true;
      if (this.stopping) return true;
      await pace.breathe();
    }
    return false;
  }
}

const together = (a: readonly Box[] | null, b: readonly Box[] | null): readonly Box[] | null => (a && b ? [...a, ...b] : null);

function joined(a: GroundChange, b: GroundChange): GroundChange {
  const boxes = [...a.boxes, ...b.boxes];
  return { boxes: boxes.length > MOST_NOTED ? squaresOf(boxes) : boxes, machines: [...a.machines, ...b.machines] };
}

/** The squares of a hundredth of a degree that the boxes lie in. */
function squaresOf(boxes: readonly Box[]): Box[] {
  const squares = new Map<string, Box>();
  const snap = (degrees: number) => Math.floor(degrees / SQUARE_DEGREES);
  for (const [west, south, east, north] of boxes) {
    for (let y = snap(south); y <= snap(north); y++)
      for (let x = snap(west); x <= snap(east); x++)
        squares.set(`${x}/${y}`, [x * SQUARE_DEGREES, y * SQUARE_DEGREES, (x + 1) * SQUARE_DEGREES, (y + 1) * SQUARE_DEGREES]);
  }
  return [...squares.values()];
}
