import { expect, test } from 'vitest';
import { fromGcj, toGcj } from './gcj.ts';

test('Zhengzhou is drawn 570 m off', () => {
  const [lng, lat] = toGcj([113.6, 34.7]);
  // As gcoord 1.0 has it.
  expect([lng, lat]).toEqual([expect.closeTo(113.606034532505, 9), expect.closeTo(34.698756333579, 9)]);
});

test('there and back is the same place to a metre', () => {
  const [lng, lat] = fromGcj(toGcj([115.5, 33.5]));
  expect([Math.abs(lng - 115.5) < 1e-6, Math.abs(lat - 33.5) < 1e-6]).toEqual([true, true]);
});
