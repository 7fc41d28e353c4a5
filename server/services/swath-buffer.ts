import type { Fix } from '../../shared/fix.ts';
import { packFixes, unpackFixes } from '../../shared/packing.ts';
import type { Operation } from '../../shared/season.ts';
import type { Swath } from '../domain/swath.ts';
import type { StoredSwaths } from '../stores/derived.ts';

/** The swaths of one outbox in one field and operation since the last checkpoint, as chains of points. */
interface Chains {
  field: string;
  operation: Operation;
  machine: string;
  outbox: string;
  outboxSince: number;
  points: Fix[];
  /** Indices of points that begin a chain: no swath leads to them. */
  starts: number[];
  /** Indices of points whose swath is estimated. */
  estimated: number[];
}

export interface Drained {
  stored: StoredSwaths[];
  chains: Map<string, Chains>;
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
  private chains = new Map<string, Chains>();
  private draining: Drained | null = null;
  /** Fields and operations of `chains`. */
  private held = new Set<string>();

  /** Whether swaths of a field came since the last drain. */
  holds = (field: string, operation: Operation): boolean => this.held.has(`${field}|${operation}`);

  add(field: string, operation: Operation, swath: Swath): void {
    this.held.add(`${field}|${operation}`);
    const key = `${field}|${operation}|${swath.machine}|${swath.outbox}`;
    let chains = this.chains.get(key);
    if (!chains) {
      chains = {
        field,
        operation,
        machine: swath.machine,
        outbox: swath.outbox,
        outboxSince: swath.outboxSince,
        points: [],
        starts: [],
        estimated: [],
      };
      this.chains.set(key, chains);
    }
    if (chains.points.at(-1)?.seq !== swath.seqA) {
      chains.starts.push(chains.points.length);
      chains.points.push(point(swath.seqA, swath.timeA, swath.ax, swath.ay, swath.widthM));
    }
    if (swath.estimated) chains.estimated.push(chains.points.length);
    chains.points.push(point(swath.seqB, swath.timeB, swath.bx, swath.by, swath.widthM));
  }

  drain(): Drained {
    const drained = { chains: this.chains, stored: [...this.chains.values()].map(stored) };
    this.chains = new Map();
    this.held = new Set();
    this.draining = drained;
    return drained;
  }

  forget(drained: Drained): void {
    if (this.draining === drained) this.draining = null;
  }

  /** After a checkpoint that failed: what it held comes before what came since. */
  giveBack(drained: Drained): void {
    this.forget(drained);
    const since = this.chains;
    this.chains = drained.chains;
    for (const { field, operation } of drained.chains.values()) this.held.add(`${field}|${operation}`);
    for (const chains of since.values()) for (const swath of swathsOf(stored(chains))) this.add(chains.field, chains.operation, swath);
  }

  *swathsOf(field: string, operation: Operation): Generator<Swath> {
    for (const held of [this.draining?.chains, this.chains]) {
      for (const chains of held?.values() ?? [])
        if (chains.field === field && chains.operation === operation) yield* swathsOf(stored(chains));
    }
  }
}

const stored = (chains: Chains): StoredSwaths => ({
  field: chains.field,
  operation: chains.operation,
  machine: chains.machine,
  outbox: chains.outbox,
  outboxSince: chains.outboxSince,
  packed: packFixes(chains.points),
  starts: chains.starts,
  estimated: chains.estimated,
});

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
