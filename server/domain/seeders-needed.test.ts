import { expect, test } from 'vitest';
import { seedersNeeded } from './seeders-needed.ts';

test('open ground is sown within two days: what is sown today is gone tomorrow, what is cut comes on top', () => {
  // 480 / 2 / 16 = 15; 480 − 10 × 16 + 200 = 520 → 16.25; 520 − 160 + 100 = 460 → 14.375.
  expect(seedersNeeded({ openMu: 480, cutMu: [200, 100, 50], present: 10, muPerDay: 16 })).toEqual([
    { openMu: 480, needed: 15, present: 10 },
    { openMu: 520, needed: 17, present: 10 },
    { openMu: 460, needed: 15, present: 10 },
  ]);
});

test('without a rate nobody can say how many, and nothing is sown', () => {
  expect(seedersNeeded({ openMu: 100, cutMu: [10, 0], present: 0, muPerDay: null })).toEqual([
    { openMu: 100, needed: null, present: 0 },
    { openMu: 110, needed: null, present: 0 },
  ]);
});
