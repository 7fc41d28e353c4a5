import type { Fix } from '../../shared/fix.ts';
import { ackFixes, addFix, nextBatch, outboxStates } from '../cab/outbox.ts';
import { type OutboxRecord, openCab } from '../cab/store.ts';

/** Milliseconds of each of some runs, in order of time. */
export interface OutboxTimes {
  look: number[];
  add: number[];
  batch: number[];
  ack: number[];
}

export interface OutboxBench {
  /** Lets so many fixes wait, a second apart, as if an offline page had recorded them. */
  fill(count: number): Promise<void>;
  /** What a page does that was just loaded until it can show what waits: milliseconds, and how many. */
  open(): Promise<{ ms: number; pending: number }>;
  /** A look, a fix, a batch and its ack, so many times. */
  work(runs: number): Promise<OutboxTimes>;
  usedMb(): Promise<number>;
}

declare global {
  interface Window {
    outboxBench: OutboxBench;
  }
}

const OUTBOX = '0f8fad5b-d9cb-469f-a165-70867728950e';
const FIRST_TIME = Date.parse('2027-06-01T06:00:00+08:00');
const A_BATCH = 600;
const A_WRITE = 5000;

/** A walk to and fro: figures as long as real ones. */
const fixOf = (seq: number): Fix => ({
  seq,
  fixTime: FIRST_TIME + seq * 1000 + (seq % 7),
  lng: Math.round((113.4 + (seq % 997) * 1.31e-5) * 1e7) / 1e7,
  lat: Math.round((34.7 + (seq % 211) * 1.17e-5) * 1e7) / 1e7,
  speedKmh: 4.3 + (seq % 13) / 100,
  headingDeg: (seq * 7) % 360,
  accuracyM: 3.6,
  widthM: null,
  working: 1,
});

const recordOf = (lastSeq: number): OutboxRecord => ({
  id: OUTBOX,
  machine: 'C1',
  plate: '豫A·00001',
  token: 'x'.repeat(43),
  createdAt: FIRST_TIME,
  lastSeq,
  acked: 0,
  ackedFixTime: null,
  ackedAt: null,
  refusedCount: 0,
  newest: fixOf(lastSeq),
  isDenied: false,
});

const timed = async <Result>(into: number[], work: () => Promise<Result>): Promise<Result> => {
  const began = performance.now();
  const result = await work();
  into.push(performance.now() - began);
  return result;
};

window.outboxBench = {
  async fill(count) {
    const database = await openCab();
    for (let from = 1; from <= count; from += A_WRITE) {
      const { store, done } = database.transaction('fixes', 'readwrite');
      for (let seq = from; seq < Math.min(from + A_WRITE, count + 1); seq++) void store.add({ ...fixOf(seq), outbox: OUTBOX });
      await done;
    }
    await database.put('outboxes', recordOf(count));
    // The first look counts, and notes what it found.
    await outboxStates(database);
    database.close();
  },
  async open() {
    const began = performance.now();
    const database = await openCab();
    const [state] = await outboxStates(database);
    const ms = performance.now() - began;
    database.close();
    return { ms, pending: state.pending };
  },
  async work(runs) {
    const database = await openCab();
    const times: OutboxTimes = { look: [], add: [], batch: [], ack: [] };
    for (let run = 0; run < runs; run++) {
      const [{ lastSeq, acked }] = await timed(times.look, () => outboxStates(database));
      await timed(times.add, () => addFix(database, OUTBOX, fixOf(lastSeq + 1)));
      const batch = await timed(times.batch, () => nextBatch(database, OUTBOX, acked, A_BATCH));
      if (!batch) break;
      await timed(times.ack, () => ackFixes(database, OUTBOX, { upTo: batch.upTo, refused: 0, at: Date.now() }));
    }
    database.close();
    return times;
  },
  usedMb: async () => ((await navigator.storage.estimate()).usage ?? 0) / 1e6,
};
