import { expect, test } from 'vitest';
import { thinned } from './thinning.ts';

test('a crowded cell becomes one badge at the mean of its machines and the rest stay single', () => {
  const xs = [10, 12, 14, 16, 18, 20, 22, 300, 310];
  const ys = [10, 10, 10, 10, 10, 10, 10, 300, 300];
  expect(thinned(xs, ys, xs.length)).toEqual({ single: [7, 8], badges: [{ x: 16, y: 10, members: [0, 1, 2, 3, 4, 5, 6] }] });
});

test('six machines in a cell are still drawn one by one', () => {
  expect(thinned([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], 6)).toEqual({ single: [0, 1, 2, 3, 4, 5], badges: [] });
});
