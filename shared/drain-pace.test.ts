import { expect, test } from 'vitest';
import { type DrainPace, firstPace, paceAfter } from './drain-pace.ts';

test('a quick link gets larger batches, up to 300', () => {
  const sizes: number[] = [];
  for (let pace: DrainPace = firstPace; sizes.at(-1) !== 300; ) {
    pace = paceAfter(pace, { fixes: pace.most, tookMs: 40 });
    sizes.push(pace.most);
  }
  expect(sizes).toEqual([90, 135, 203, 300]);
});

test('a long way alone makes no batch smaller; what waits on the way does', () => {
  const far = paceAfter({ most: 200, quickestMs: 3000 }, { fixes: 200, tookMs: 3000 });
  expect(far).toEqual({ most: 300, quickestMs: 3000 });
  expect(paceAfter({ most: 200, quickestMs: 600 }, { fixes: 200, tookMs: 1600 })).toEqual({ most: 200, quickestMs: 600 });
  // 2,000 ms of waiting for 200 fixes: 800 ms is 80 of them; the second batch, sent before that was known, makes it no smaller.
  const slow = paceAfter({ most: 200, quickestMs: 600 }, { fixes: 200, tookMs: 2600 });
  expect(slow).toEqual({ most: 80, quickestMs: 600 });
  expect(paceAfter(slow, { fixes: 200, tookMs: 2600 })).toEqual(slow);
  expect(paceAfter({ most: 25, quickestMs: 600 }, { fixes: 25, tookMs: 20_600 }).most).toBe(20);
});
