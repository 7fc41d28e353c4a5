import { describe, expect, test } from 'vitest';
import { admit } from './admission.ts';

const rows = (...seqs: number[]) => seqs.map(seq => ({ seq }));

describe('what of a batch is new', () => {
  test('the whole of it, when it follows on', () => {
    expect(admit(rows(1, 2, 3), [], 0)).toEqual({ kind: 'fresh', rows: rows(1, 2, 3), firstSeq: 1, lastSeq: 3, thinned: [] });
  });
  test('only what is not stored yet, when it overlaps', () => {
    expect(admit(rows(2, 3, 4, 5), [], 3)).toEqual({ kind: 'fresh', rows: rows(4, 5), firstSeq: 4, lastSeq: 5, thinned: [] });
  });
  test('nothing, when all is stored', () => {
    expect(admit(rows(1, 2), [], 7)).toEqual({ kind: 'known' });
    expect(admit([], [[1, 5]], 5)).toEqual({ kind: 'known' });
  });
  test('a gap names the seq that is waited for', () => {
    expect(admit(rows(5, 6), [], 3)).toEqual({ kind: 'gap', expectedSeq: 4 });
    expect(admit(rows(4, 6), [], 3)).toEqual({ kind: 'gap', expectedSeq: 5 });
  });
  test('a hole that is named as thinned is no gap, inside, before and after the rows', () => {
    expect(
      admit(
        rows(6, 9),
        [
          [4, 5],
          [7, 8],
          [10, 12],
        ],
        3,
      ),
    ).toEqual({
      kind: 'fresh',
      rows: rows(6, 9),
      firstSeq: 4,
      lastSeq: 12,
      thinned: [
        [4, 5],
        [7, 8],
        [10, 12],
      ],
    });
  });
  test('thinned ranges may overlap each other and what is stored', () => {
    expect(
      admit(
        rows(9),
        [
          [1, 6],
          [5, 8],
        ],
        3,
      ),
    ).toEqual({
      kind: 'fresh',
      rows: rows(9),
      firstSeq: 4,
      lastSeq: 9,
      thinned: [
        [4, 6],
        [7, 8],
      ],
    });
  });
  test('a thinned range may stand alone, but not beyond a gap', () => {
    expect(admit([], [[4, 9]], 3)).toEqual({ kind: 'fresh', rows: [], firstSeq: 4, lastSeq: 9, thinned: [[4, 9]] });
    expect(admit(rows(4), [[6, 9]], 3)).toEqual({ kind: 'gap', expectedSeq: 5 });
  });
  test('a row inside a thinned range counts as a row', () => {
    expect(admit(rows(5), [[4, 6]], 3)).toEqual({
      kind: 'fresh',
      rows: rows(5),
      firstSeq: 4,
      lastSeq: 6,
      thinned: [
        [4, 4],
        [6, 6],
      ],
    });
  });
  test('seqs that do not rise are refused whole', () => {
    expect(admit(rows(4, 4), [], 3)).toEqual({ kind: 'disorder', seq: 4 });
  });
});
