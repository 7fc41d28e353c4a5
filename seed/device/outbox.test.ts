import { describe, expect, test } from 'vitest';
import { Outbox, type UnnumberedFix } from './outbox.ts';

const at = (fixTime: number): UnnumberedFix => ({
  fixTime,
  lng: 113.6,
  lat: 34.7,
  speedKmh: null,
  headingDeg: null,
  accuracyM: null,
  widthM: null,
  working: null,
});
const filled = (count: number): Outbox => {
  const outbox = new Outbox();
  for (let i = 1; i <= count; i++) outbox.add(at(i * 1000));
  return outbox;
};
const seqs = (outbox: Outbox, after: number, most: number) => {
  const batch = outbox.batchAfter(after, most);
  return batch && { seqs: batch.fixes.map(fix => fix.seq), thinned: batch.thinned, upTo: batch.upTo };
};

describe('an outbox', () => {
  test('numbers fixes from 1 and keeps each until it is acked', () => {
    const outbox = filled(5);
    expect(seqs(outbox, 0, 3)).toEqual({ seqs: [1, 2, 3], thinned: [], upTo: 3 });
    outbox.ack(2);
    expect(outbox.pending).toBe(3);
    expect(seqs(outbox, outbox.acked, 9)).toEqual({ seqs: [3, 4, 5], thinned: [], upTo: 5 });
    outbox.ack(5);
    expect([outbox.pending, outbox.empty, seqs(outbox, 5, 9)]).toEqual([0, true, undefined]);
  });

  test('names what it gave up with the batch that jumps over it', () => {
    const outbox = filled(10);
    expect(outbox.thin(3, 4)).toBe(2);
    expect(outbox.thin(5, 5)).toBe(1);
    expect(seqs(outbox, 0, 2)).toEqual({ seqs: [1, 2], thinned: [[3, 5]], upTo: 5 });
    expect(seqs(outbox, 5, 2)).toEqual({ seqs: [6, 7], thinned: [], upTo: 7 });
    outbox.ack(5);
    expect(seqs(outbox, 5, 9)).toEqual({ seqs: [6, 7, 8, 9, 10], thinned: [], upTo: 10 });
  });

  test('that gave up its last fixes still has something to tell', () => {
    const outbox = filled(3);
    outbox.thin(1, 3);
    expect([outbox.pending, outbox.empty]).toEqual([0, false]);
    expect(seqs(outbox, 0, 9)).toEqual({ seqs: [], thinned: [[1, 3]], upTo: 3 });
    outbox.ack(3);
    expect(outbox.empty).toBe(true);
  });

  test('names as thinned what the server has lost after acking it', () => {
    const outbox = filled(6);
    outbox.ack(4);
    outbox.rewindTo(3);
    expect(seqs(outbox, outbox.acked, 9)).toEqual({ seqs: [5, 6], thinned: [[3, 4]], upTo: 6 });
  });

  test('splits a batch that would name more than 200 ranges', () => {
    const outbox = filled(600);
    for (let seq = 2; seq <= 600; seq += 2) outbox.thin(seq, seq);
    const first = outbox.batchAfter(0, 600)!;
    expect([first.fixes.length, first.thinned.length, first.upTo]).toEqual([201, 200, 401]);
    const second = outbox.batchAfter(first.upTo, 600)!;
    expect([second.fixes[0].seq, second.thinned.length, second.upTo]).toEqual([403, 100, 600]);
  });
});
