import { expect, test } from 'vitest';
import { isGap, usualInterval } from './gap.ts';

test('two fixes less than 5 m apart are a stop however long it lasted', () => {
  expect(isGap(4.9, 3_600_000, 2000)).toBe(false);
});

test('30 s without a fix while moving is still no gap, more is', () => {
  expect(isGap(40, 30_000, 2000)).toBe(false);
  expect(isGap(40, 30_001, 2000)).toBe(true);
});

test('a slow sampler gets one and a half of its usual interval', () => {
  expect(isGap(70, 90_000, 60_000)).toBe(false);
  expect(isGap(70, 90_001, 60_000)).toBe(true);
});

test('a sampler of 20 s may lose one fix, one of 2 s may not lose twenty', () => {
  expect(isGap(60, 40_000, 20_000)).toBe(false);
  expect(isGap(60, 40_001, 20_000)).toBe(true);
  expect(isGap(60, 60_001, 35_000)).toBe(true);
  expect(isGap(60, 40_000, 2000)).toBe(true);
});

test('the usual interval follows steady sampling and shrugs off a lost hour', () => {
  let usual: number | null = null;
  for (let i = 0; i < 20; i++) usual = usualInterval(usual, 2000);
  expect(usual).toBe(2000);
  usual = usualInterval(usual, 3_600_000);
  expect(usual).toBe(2500);
  expect(usualInterval(usual, 2000)).toBe(2000);
});

test('a first interval of an hour is not believed', () => {
  expect(usualInterval(null, 3_600_000)).toBe(120_000);
});
