import { expect, test } from 'vitest';
import type { Fix } from '../../shared/fix.ts';
import { type Corner, fixAt, MORNING, passes } from './ground.fixture.ts';
import { passSpacingOf, widthOfSpacing } from './pass-spacing.ts';

const box = { west: 0, south: 0, east: 150, north: 40 };
const track = (path: readonly Corner[], other: Partial<Fix> = {}): Fix[] => path.map((place, i) => fixAt(i + 1, place, other));

test('passes 2.3 m apart say 2.3 m, and a width of 2.3 / 0.96 = 2.4 m', () => {
  const spacing = passSpacingOf([track(passes(box, 2.3, 2.4))])!;
  expect(spacing.medianM).toBeCloseTo(2.3, 2);
  expect(spacing.spread).toBeLessThan(0.01);
  expect(widthOfSpacing(spacing)).toBeCloseTo(2.396, 2);
});

test('a fix every 20 s tells the same', () => {
  const sparse = track(passes(box, 2.3, 24)).map(fix => ({ ...fix, fixTime: MORNING + fix.seq * 20_000 }));
  expect(passSpacingOf([sparse])!.medianM).toBeCloseTo(2.3, 1);
});

test('two machines that take every second pass each are 2.5 m apart together, 5 m alone', () => {
  const one = track(passes(box, 5, 2.4));
  const other = track(passes(box, 5, 2.4).map(([east, north]): Corner => [east, north + 2.5]));
  expect(passSpacingOf([one])!.medianM).toBeCloseTo(5, 1);
  expect(passSpacingOf([one, other])!.medianM).toBeCloseTo(2.5, 2);
});

test('a pass driven twice and a pass left out do not count', () => {
  const rows = passes(box, 2.5, 2.4).filter(([, north]) => north !== 2.5 * 6 + 1.25);
  const again = passes({ ...box, north: 2.5 }, 2.5, 2.4).map(([east, north]): Corner => [east, north + 0.2]);
  expect(passSpacingOf([track([...rows, ...again])])!.medianM).toBeCloseTo(2.5, 2);
});

test('where the header is up there is no pass', () => {
  expect(passSpacingOf([track(passes(box, 2.5, 2.4), { working: 0 })])).toBeNull();
});

test('one way along a road has no spacing', () => {
  expect(passSpacingOf([track(Array.from({ length: 200 }, (_, i): Corner => [3 * i, 0]))])).toBeNull();
  expect(passSpacingOf([])).toBeNull();
});
