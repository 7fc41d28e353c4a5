import { describe, expect, test } from 'vitest';
import type { Fix } from '../../shared/fix.ts';
import { CHINA_BOUNDS } from '../../shared/season.ts';
import { FixJudge } from './verdict.ts';

const noon = Date.UTC(2027, 5, 6, 4);
const context = { receivedAt: noon, serviceArea: CHINA_BOUNDS };
const fix = (seq: number, over: Partial<Fix> = {}): Fix => ({
  seq,
  fixTime: noon - 60_000 + seq * 1000,
  lng: 113.6,
  lat: 34.7,
  speedKmh: null,
  headingDeg: null,
  accuracyM: null,
  widthM: null,
  working: null,
  ...over,
});
const verdicts = (fixes: Fix[]) => {
  const judge = new FixJudge();
  return fixes.map(one => judge.verdict(one, context));
};

describe('the verdict on a fix', () => {
  test('an ordinary run is accepted', () => {
    expect(verdicts([fix(1), fix(2), fix(3)])).toEqual([[], [], []]);
  });

  test('all reasons are given at once', () => {
    expect(verdicts([fix(1), fix(2, { fixTime: noon + 601_000, lng: 0, lat: 0, accuracyM: 101 })])).toEqual([
      [],
      ['future', 'inaccurate', 'outside', 'jump'],
    ]);
  });

  test('ten minutes ahead is still accepted, a millisecond more is not', () => {
    expect(verdicts([fix(1, { fixTime: noon + 600_000 })])).toEqual([[]]);
    expect(verdicts([fix(1, { fixTime: noon + 600_001 })])).toEqual([['future']]);
  });

  test('faster than 40 m/s from the last good fix is refused, and the good ones after it are not locked out', () => {
    expect(verdicts([fix(1), fix(2, { lat: 34.71 }), fix(3)])).toEqual([[], ['jump'], []]);
  });

  test('the reference is the last good fix by seq: a clock that steps back an hour locks nobody out', () => {
    expect(verdicts([fix(1), fix(2, { fixTime: noon - 3_600_000 }), fix(3)])).toEqual([[], [], []]);
  });

  test('three refused fixes that agree become the new reference', () => {
    const there = (seq: number) => fix(seq, { lat: 34.8 });
    expect(verdicts([fix(1), there(2), there(3), there(4), there(5), fix(6)])).toEqual([[], ['jump'], ['jump'], [], [], ['jump']]);
  });

  test('refused fixes that do not agree with each other never become the reference', () => {
    expect(verdicts([fix(1), fix(2, { lat: 34.8 }), fix(3, { lat: 34.9 }), fix(4, { lat: 34.8 }), fix(5)])).toEqual([
      [],
      ['jump'],
      ['jump'],
      ['jump'],
      [],
    ]);
  });

  test('a judge restored from its state goes on as if never stopped', () => {
    const fixes = [fix(1), fix(2, { lat: 34.8 }), fix(3, { lat: 34.8 }), fix(4, { lat: 34.8 })];
    let judge = new FixJudge();
    const got = fixes.map(one => {
      const reasons = judge.verdict(one, context);
      judge = new FixJudge(structuredClone(judge.state()));
      return reasons;
    });
    expect(got).toEqual(verdicts(fixes));
  });
});
