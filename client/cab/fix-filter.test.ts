import { describe, expect, test } from 'vitest';
import { fixOfPosition, isWorthKeeping, type UnnumberedFix } from './fix-filter.ts';

/** 1e-5 degree of latitude is 1.11 m. */
const fix = (seconds: number, north = 0, over: Partial<UnnumberedFix> = {}): UnnumberedFix => ({
  fixTime: 1_000_000 + seconds * 1000,
  lng: 113.4,
  lat: 34.7 + north * 1e-5,
  speedKmh: null,
  headingDeg: null,
  accuracyM: 4,
  widthM: null,
  working: 0,
  ...over,
});

describe('a position is kept', () => {
  test('when it is the first', () => expect(isWorthKeeping(null, fix(0))).toBe(true));
  test('after 5 m, and not after 4', () => {
    expect(isWorthKeeping(fix(0), fix(2, 5))).toBe(true);
    expect(isWorthKeeping(fix(0), fix(2, 3.6))).toBe(false);
  });
  test('after 5 s on the move, after 60 s standing', () => {
    const creeping = { speedKmh: 2 };
    expect(isWorthKeeping(fix(0), fix(4, 2, creeping))).toBe(false);
    expect(isWorthKeeping(fix(0), fix(5, 2, creeping))).toBe(true);
    expect(isWorthKeeping(fix(0), fix(59, 0))).toBe(false);
    expect(isWorthKeeping(fix(0), fix(60, 0))).toBe(true);
  });
  test('at the switch of the header at once, but never twice in a second', () => {
    expect(isWorthKeeping(fix(0), fix(1, 0, { working: 1 }))).toBe(true);
    expect(isWorthKeeping(fix(0), fix(0.9, 40, { working: 1 }))).toBe(false);
  });
  test('in a turn, over north too', () => {
    expect(isWorthKeeping(fix(0, 0, { headingDeg: 355 }), fix(2, 2, { speedKmh: 4, headingDeg: 12 }))).toBe(true);
    expect(isWorthKeeping(fix(0, 0, { headingDeg: 355 }), fix(2, 2, { speedKmh: 4, headingDeg: 5 }))).toBe(false);
  });
  test('not for wandering within the error of a receiver that stands', () => {
    expect(isWorthKeeping(fix(0), fix(10, 12, { speedKmh: 0, accuracyM: 20 }))).toBe(false);
    expect(isWorthKeeping(fix(0), fix(10, 20, { speedKmh: 0, accuracyM: 20 }))).toBe(true);
  });
  test('when the clock of the phone was set back, and not when an older one is told again', () => {
    expect(isWorthKeeping(fix(0), fix(-3600))).toBe(true);
    expect(isWorthKeeping(fix(0), fix(-20, 30))).toBe(false);
  });
});

test('a position is quantised as it is stored; what the browser does not know is null', () => {
  const coords = { longitude: 113.400000049, latitude: 34.70000004, speed: 1.2345, heading: Number.NaN, accuracy: 4.26 };
  expect(fixOfPosition({ coords, timestamp: 1000.4 } as GeolocationPosition, 500, 1)).toEqual({
    fixTime: 1500,
    lng: 113.4,
    lat: 34.7,
    // 1.2345 m/s × 3.6 = 4.4442 km/h
    speedKmh: 4.44,
    headingDeg: null,
    accuracyM: 4.3,
    widthM: null,
    working: 1,
  });
});
