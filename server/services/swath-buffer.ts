import type { Fix } from '../../shared/fix.ts';
import { FixPacker, unpackFixes } from '../../shared/packing.ts';
import type { Operation } from '../../shared/season.ts';
import type { Swath } from '../domain/swath.ts';
import type { StoredSwaths } from '../stores/derived.ts';

/** Where swaths belong; `key` names field and operation. */
export interface SwathPlace {
  key: string;
  field: string;
  operation: Operation;
}

/** The swaths of one outbox in one place since the last checkpoint, as chains of points, packed as they come. */
class Run {
  private readonly points = new FixPacker();
  /** Seq and place of the last point. */
  private last: readonly [seq: number, lng: number, lat: number] = [0, 0, 0];
  /** Indices of points that begin a chain: no swath leads to them. */
  private readonly starts: number[] = [];
  /** Indices of points whose swath is estimated. */
  private readonly estimated: number[] = [];

  constructor(
    readonly place: SwathPlace,
    readonly machine: string,
    readonly outbox: string,
    private readonly outboxSince: number,
  ) {}

  add(swath: Swath): void {
    const [seq, lng, lat] = this.last;
    if (seq !== swath.seqA || lng !== swath.ax || lat !== swath.ay) {
      this.starts.push(this.points.count);
      this.points.add(point(swath.seqA, swath.timeA, swath.ax, swath.ay, swath.widthM));
    }
    if (swath.estimated) this.estimated.push(this.points.count);
    this.points.add(point(swath.seqB, swath.timeB, swath.bx, swath.by, swath.widthM));
    this.last = [swath.seqB, swath.bx, swath.by];
  }

  stored(): StoredSwaths {
    const { machine, outbox, outboxSince, starts, estimated } = this;
    const { field, operation } = this.place;
    return { field, operation, machine, outbox, outboxSince, packed: this.points.packed(), starts, estimated };
  }
}

/** What one checkpoint writes. */
export class Drained {
  constructor(readonly runs: Map<string, Run[]>) {}

  *stored(): Generator<StoredSwaths> {
    for (const runs of this.runs.values()) for (const run of runs) yield run.stored();
  }
}

const point = (seq: number, fixTime: number, lng: number, lat: number, widthM: number): Fix => ({
  seq,
  fixTime,
  lng,
  lat,
  widthM,
  speedKmh: null,
  headingDeg: null,
  accuracyM: null,
  working: null,
});

/** Swaths that are folded but not in the store yet. What was drained stays visible until it is known to be stored. */
export class SwathBuffer {
  private runs = new Map<string, Run[]>();
  private draining: Drained | null = null;

  /** Whether swaths of a place came since the last drain. */
  holds = (key: string): boolean => this.runs.has(key);

  add(place: SwathPlace, swath: Swath): void {
    const runs = this.runs.get(place.key) ?? [];
    let run = runs.find(({ outbox, machine }) => outbox === swath.outbox && machine === swath.machine);
    if (!run) {
      run = new Run(place, swath.machine, swath.outbox, swath.outboxSince);
      runs.push(run);
      this.runs.set(place.key, runs);
    }
    run.add(swath);
  }

  drain(): Drained {
    this.draining = new Drained(this.runs);
    this.runs = new Map();
    return this.draining;
  }

  forget(drained: Drained): void {
    if (this.draining === drained) this.draining = null;
  }

  /** After a checkpoint that failed: what it held comes before what came since. */
  giveBack(drained: Drained): void {
    this.forget(drained);
    const since = this.runs;
    this.runs = drained.runs;
    for (const run of [...since.values()].flat()) for (const swath of swathsOf(run.stored())) this.add(run.place, swath);
  }

  /** Where an outbox gave swaths since the last drain. */
  placesOf(machine: string, outbox: string): SwathPlace[] {
    const isOf = (run: Run) => run.machine === machine && run.outbox === outbox;
    return [...this.runs.values()].filter(runs => runs.some(isOf)).map(runs => runs[0].place);
  }

  /** Takes out what an outbox gave since the last drain, of which none may be under way; returns where that was. */
  dropOutbox(machine: string, outbox: string): SwathPlace[] {
    if (this.draining) throw new Error(`${machine}/${outbox}: swaths are on their way to the store`);
    const places: SwathPlace[] = [];
    for (const [key, runs] of this.runs) {
      const others = runs.filter(run => run.machine !== machine || run.outbox !== outbox);
      if (others.length === runs.length) continue;
      places.push(runs[0].place);
      if (others.length > 0) this.runs.set(key, others);
      else this.runs.delete(key);
    }
    return places;
  }

  *swathsOf(key: string): Generator<Swath> {
    for (const stored of this.storedOf(key)) yield* swathsOf(stored);
  }

  /** The same in the form in which they will be stored. */
  *storedOf(key: string): Generator<StoredSwaths> {
    for (const held of [this.draining?.runs, this.runs]) for (const run of held?.get(key) ?? []) yield run.stored();
  }
}

export function* swathsOf({ machine, outbox, outboxSince, packed, starts, estimated }: StoredSwaths): Generator<Swath> {
  const points = unpackFixes(packed, Number.POSITIVE_INFINITY);
  const begins = new Set(starts);
  const guessed = new Set(estimated);
  for (let i = 1; i < points.length; i++) {
    if (begins.has(i)) continue;
    const [a, b] = [points[i - 1], points[i]];
    yield {
      machine,
      outbox,
      outboxSince,
      seqA: a.seq,
      seqB: b.seq,
      timeA: a.fixTime,
      timeB: b.fixTime,
      ax: a.lng,
      ay: a.lat,
      bx: b.lng,
      by: b.lat,
      widthM: b.widthM!,
      estimated: guessed.has(i),
    };
  }
}
