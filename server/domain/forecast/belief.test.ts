import { expect, test } from 'vitest';
import { type Belief, paceAt, workableShares } from './belief.ts';
import { seededBy } from './chance.ts';
import { drawRain } from './rain-ahead.ts';

const belief: Belief = {
  ...{ rainMm: 10, wetnessKept: 0.5, wetMm: 10, lateShare: 0.2, latePower: 1 },
  ...{ earlyPace: 0.5, earlyShare: 0.1, dayDeviation: 0.2, dayMemory: 0.5 },
};

test('a day with rain loses by its amount, and the days after by what the ground keeps of it', () => {
  // Day 2: wetness 0.5 × 20 = 10 mm, of which half can be worked; day 3: 5 mm → 1 / (1 + 0.25).
  expect([...workableShares(belief, [0, 20, 0, 0])].map(share => Number(share.toFixed(4)))).toEqual([1, 0.1353, 0.5, 0.8]);
});

test('the pace rises while fields ripen and falls in the last fields, but never to nothing', () => {
  expect([0, 0.05, 0.1, 0.5, 0.9, 1].map(share => Number(paceAt(belief, share).toFixed(3)))).toEqual([0.5, 0.75, 1, 1, 0.5, 0.05]);
});

test('rain keeps near an outlook and comes by climate beyond it', () => {
  const uniform = seededBy('rain');
  const drawn = Array.from({ length: 2000 }, () => drawRain(uniform, [20, 0, null, null], 0));
  const mean = (day: number) => drawn.reduce((sum, rain) => sum + rain[day], 0) / drawn.length;
  expect(mean(0)).toBeGreaterThan(17);
  expect(mean(1)).toBeLessThan(0.6);
  // One day in four with 9 mm: 2 mm in the mean.
  expect(mean(3)).toBeGreaterThan(1.5);
  expect(mean(3)).toBeLessThan(3);
});
