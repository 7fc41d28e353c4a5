import type { Polygon } from '../../../shared/registry.ts';
import type { FieldShape } from '../../domain/field-index.ts';
import { type Box, boxOf, widened } from '../../domain/field-shape.ts';
import { cellsOf } from '../../domain/ground-cells.ts';
import type { CandidateStore, StoredSpot } from '../../stores/candidates.ts';
import type { FixLog, StoredBatch } from '../../stores/fix-log.ts';
import type { Fold } from '../fold.ts';
import type { GroundChange } from '../refolder.ts';
import type { Registry } from '../registry.ts';
import type { CandidateBook } from './candidate-book.ts';
import type { CandidateFinder } from './candidate-finder.ts';
import type { OpenWork } from './open-work.ts';

/** Less work than this is a turn, a wait, a way round. */
const LEAST_WORK_MS = 120_000;
/** While work goes on a place is looked at again after so much more of it (fix time). */
const AGAIN_MS = 30 * 60_000;
/** Elsewhere, or silent, for so long: the work is over. */
const LEFT_MS = 3 * 60_000;
const SILENT_MS = 10 * 60_000;
/** Machines so near to each other work the same ground. */
const TOGETHER_M = 60;
/** Around the work that was seen as such: the first passes lie there. */
const AROUND_M = 100;
/** Of one look; the rest comes with the next. */
const MOST_PLACES = 10;
const MOST_TOGETHER = 100;

/** Looks for candidate fields where machines worked outside of every field. Looked at again, the same ground is the same candidate. */
export class CandidateWatch {
  private looking: Promise<void> | null = null;

  constructor(
    private readonly deps: {
      work: OpenWork;
      book: CandidateBook;
      store: CandidateStore;
      log: FixLog;
      fold: Fold;
      registry: Registry;
      finder: CandidateFinder;
      now: () => number;
    },
  ) {}

  /** What waits to be looked at; two calls at once are one. */
  look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  /** Fields or implements have changed: what was found around is looked for again. */
  changed({ boxes, machines }: GroundChange): void {
    const { work, registry } = this.deps;
    const isTouched = groundTest(boxes);
    for (const spot of [...work.spots.values()]) {
      const isNamed = machines.some(({ id, from }) => id === spot.machine && spot.to >= from);
      if (!isNamed && !isTouched(widened(spot.box, AROUND_M))) continue;
      Object.assign(spot, AGAIN);
      const mounted = registry.machines.get(spot.machine)?.implements.findLast(one => one.from <= spot.from)?.operation ?? null;
      const again = mounted === null || mounted === spot.operation ? [spot] : [spot, work.asOther(spot, mounted)];
      work.giveBack(again);
    }
  }

  /** Writes down the spots: what is folded again after a restart is only the last of it. */
  async flush(): Promise<void> {
    const changed = this.deps.work.takeChanged().filter(spot => spot.workedMs >= LEAST_WORK_MS);
    try {
      await this.deps.store.putSpots(changed);
    } catch (error) {
      this.deps.work.giveBack(changed);
      throw error;
    }
  }

  private async lookOnce(): Promise<void> {
    await this.flush();
    if (this.deps.registry.season === null || this.deps.registry.season.closedAt !== undefined) return;
    for (let places = 0; places < MOST_PLACES; places++) {
      const due = [...this.deps.work.spots.values()].find(this.isDue);
      if (!due) return;
      await this.search(this.together(due));
    }
  }

  private isDue = (spot: StoredSpot): boolean => {
    if (spot.toSeq <= spot.searchedSeq || spot.workedMs < LEAST_WORK_MS) return false;
    if (spot.to - spot.searchedTo >= AGAIN_MS) return true;
    const heard = this.deps.fold.outboxes.get(`${spot.machine}/${spot.outbox}`)?.lastFixTime ?? spot.to;
    return heard - spot.to > LEFT_MS || this.deps.now() - spot.to > SILENT_MS;
  };

  /** The spot with all that lie beside it, whoever worked there, whenever in the season. */
  private together(first: StoredSpot): StoredSpot[] {
    const together = [first];
    const others = [...this.deps.work.spots.values()].filter(
      spot => spot !== first && spot.operation === first.operation && spot.workedMs >= LEAST_WORK_MS,
    );
    for (let i = 0; i < together.length && together.length < MOST_TOGETHER; i++) {
      const box = widened(together[i].box, TOGETHER_M);
      for (const other of others) if (!together.includes(other) && overlap(box, other.box)) together.push(other);
    }
    return together;
  }

  /** Whether all work that is known around a polygon is among these spots, and some is. */
  private wholeWithin(spots: readonly StoredSpot[]): (polygon: Polygon) => boolean {
    const others = [...this.deps.work.spots.values()].filter(
      spot => spot.operation === spots[0].operation && spot.workedMs >= LEAST_WORK_MS && !spots.includes(spot),
    );
    return polygon => {
      const box = boxOf(polygon);
      return spots.some(spot => overlap(box, spot.box)) && !others.some(spot => overlap(box, spot.box));
    };
  }

  private async search(spots: readonly StoredSpot[]): Promise<void> {
    const { book, finder, registry } = this.deps;
    const upTo = spots.map(({ toSeq, to }) => ({ toSeq, to }));
    const box = widened(spots.map(spot => spot.box).reduce(around), AROUND_M);
    const { operation } = spots[0];
    const known: FieldShape[] = registry.index.touching(box);
    const tracks = await Promise.all(
      stretchesOf(spots).map(async ({ machine, outbox, fromSeq, toSeq }) => {
        const batches: StoredBatch[] = [];
        for await (const batch of this.deps.log.ofOutbox(machine, outbox, fromSeq - 1)) {
          if (batch.firstSeq > toSeq) break;
          batches.push(batch);
        }
        return { machine, implements: registry.machines.get(machine)?.implements ?? [], batches };
      }),
    );
    const found = await finder.find({ operation, box, known, kept: book.shapedIn(box, operation), tracks });
    await book.settle({ operation, known, isWhole: this.wholeWithin(spots) }, found);
    for (const [i, spot] of spots.entries()) {
      spot.searchedSeq = upTo[i].toSeq;
      spot.searchedTo = upTo[i].to;
    }
    const ground = [...found.found.map(({ polygon }) => boxOf(polygon)), ...book.groundIn(box, operation)];
    const idle = spots.filter(spot => spot.toSeq === spot.searchedSeq && !ground.some(one => overlap(one, spot.box)));
    await this.deps.store.removeSpots(
      registry.season!.year,
      idle.map(({ id }) => id),
    );
    this.deps.work.drop(idle);
    this.deps.work.giveBack(spots.filter(spot => !idle.includes(spot)));
    await this.flush();
  }
}

/** As if nobody had looked there. */
const AGAIN = { searchedSeq: 0, searchedTo: 0 } as const;
/** More boxes than these are compared by the squares in which they lie. */
const MOST_COMPARED = 64;

function groundTest(boxes: readonly Box[]): (box: Box) => boolean {
  if (boxes.length <= MOST_COMPARED) return box => boxes.some(one => overlap(one, box));
  const cells = new Set(boxes.flatMap(box => [...cellsOf(box)]));
  return box => [...cellsOf(box)].some(cell => cells.has(cell));
}

/** Of each outbox one stretch that holds all its spots. */
function stretchesOf(spots: readonly StoredSpot[]): Pick<StoredSpot, 'machine' | 'outbox' | 'fromSeq' | 'toSeq'>[] {
  const stretches = new Map<string, Pick<StoredSpot, 'machine' | 'outbox' | 'fromSeq' | 'toSeq'>>();
  for (const { machine, outbox, fromSeq, toSeq } of spots) {
    const known = stretches.get(`${machine}/${outbox}`);
    stretches.set(`${machine}/${outbox}`, {
      machine,
      outbox,
      fromSeq: Math.min(fromSeq, known?.fromSeq ?? fromSeq),
      toSeq: Math.max(toSeq, known?.toSeq ?? toSeq),
    });
  }
  // Always in the same order, so that the same tracks give the same candidates.
  return [...stretches.values()].sort((a, b) => (`${a.machine}/${a.outbox}` < `${b.machine}/${b.outbox}` ? -1 : 1));
}

const around = (a: Box, b: Box): Box => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
const overlap = (a: Box, b: Box): boolean => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
