import type { Swath } from '../swath.ts';

/** Seqs of one outbox, both ends included. */
export type Span = readonly [from: number, to: number];

/** Between two visits of a field a machine sends more fixes than this. */
const LONGEST_PAUSE = 600;

export interface OutboxSpans {
  machine: string;
  outbox: string;
  spans: Span[];
}

/** When each outbox worked, as spans of seq in rising order: where a visit was left for long another span begins. */
export function workSpansOf(swaths: Iterable<Pick<Swath, 'machine' | 'outbox' | 'seqA' | 'seqB'>>): OutboxSpans[] {
  const steps = new Map<string, { machine: string; outbox: string; steps: Span[] }>();
  for (const { machine, outbox, seqA, seqB } of swaths) {
    const key = `${machine}/${outbox}`;
    const own = steps.get(key) ?? { machine, outbox, steps: [] };
    steps.set(key, own);
    own.steps.push([seqA, seqB]);
  }
  return [...steps.values()].map(({ machine, outbox, steps }) => ({ machine, outbox, spans: joined(steps) }));
}

function joined(steps: Span[]): Span[] {
  const spans: [number, number][] = [];
  for (const [from, to] of steps.sort((a, b) => a[0] - b[0])) {
    const last = spans.at(-1);
    if (last && from - last[1] <= LONGEST_PAUSE) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  return spans;
}

export const isWithin = (spans: readonly Span[], seq: number, marginSeqs = 0): boolean =>
  spans.some(([from, to]) => seq >= from - marginSeqs && seq <= to + marginSeqs);
