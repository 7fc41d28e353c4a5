import { expect, test } from 'vitest';
import { fitting } from './fitting.ts';

const px = { gapPx: 4, morePx: 60 };

test('links that all fit need no button for the rest', () => {
  // 100 + 4 + 80 + 4 + 120
  expect(fitting([100, 80, 120], 308, px)).toBe(3);
});

test('one pixel less, and the button takes the place of the last', () => {
  // 100 + 4 + 80 + 4 + 60 = 248
  expect(fitting([100, 80, 120], 307, px)).toBe(2);
  expect(fitting([100, 80, 120], 247, px)).toBe(1);
});

test('on a phone the button may stand alone', () => {
  expect(fitting([100, 80, 120], 90, px)).toBe(0);
  expect(fitting([], 0, px)).toBe(0);
});
