import { expect, test } from 'vitest';
import { drivenGroundOf } from './driven-ground.ts';
import { type Corner, MORNING, seeded, shuffled, swathFrom } from './ground.fixture.ts';
import type { Swath } from './swath.ts';

const chain = (path: readonly Corner[], from = 1): Swath[] => path.slice(1).map((to, i) => swathFrom(path[i], to, { seqA: from + i }));
/** 100 m to the east in 50 steps, `aside` metres to the left and right of it in turn. */
const zigzag = (aside: number): Swath[] =>
  chain(Array.from({ length: 51 }, (_, i): Corner => [2 * i, 50 + (i % 2 === 0 ? aside : -aside)]));

test('100 m × 2.5 m are 250 m², though noise makes a zigzag of 141 m of them', () => {
  expect(drivenGroundOf(zigzag(0)).drivenM2).toBeCloseTo(250, 0);
  const noisy = drivenGroundOf(zigzag(1));
  expect([noisy.torn, noisy.drifts]).toEqual([false, true]);
  // 50 steps of √(2² + 2²) m are 141 m, and would be 354 m².
  expect(noisy.drivenM2).toBeGreaterThan(245);
  expect(noisy.drivenM2).toBeLessThan(255);
});

test('a way in pieces of a few fixes proves nothing', () => {
  const pieces = Array.from({ length: 20 }, (_, i) =>
    chain(
      [0, 2, 4].map((more): Corner => [5 * i + more, 50]),
      1 + 10 * i,
    ),
  ).flat();
  expect(drivenGroundOf(pieces).torn).toBe(true);
  expect(drivenGroundOf(zigzag(0)).torn).toBe(false);
});

test('passes that lie evenly do not drift, passes that scatter do, in whatever order they come', () => {
  const random = seeded(4);
  const rows = (scatterM: number): Swath[] =>
    Array.from({ length: 12 }, (_, i) => {
      const north = 10 + 2.4 * i + scatterM * (random() - 0.5);
      const path = Array.from({ length: 41 }, (_, j): Corner => [i % 2 === 0 ? 3 * j : 120 - 3 * j, north]);
      return chain(path, 1 + 100 * i);
    }).flat();
  expect(drivenGroundOf(rows(0.3)).drifts).toBe(false);
  const scattered = rows(4);
  expect(drivenGroundOf(scattered).drifts).toBe(true);
  expect(drivenGroundOf(shuffled(scattered, random))).toEqual(drivenGroundOf(scattered));
});

test('no swaths drove nothing', () => {
  expect(drivenGroundOf([])).toEqual({ drivenM2: 0, torn: false, drifts: false });
  expect(drivenGroundOf([swathFrom([0, 0], [2, 0], { timeB: MORNING })]).torn).toBe(true);
});
