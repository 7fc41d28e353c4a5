import { expect, test } from 'vitest';
import { type Corner, fixAt } from './ground.fixture.ts';
import { LivePlace } from './live-place.ts';

/** Where the last of these fixes is taken to be; a place every two seconds, after a break of ten minutes where one is named. */
function lastPlaceOf(path: readonly Corner[], breakAt = Infinity): string {
  const fixes = path.map((place, i) => {
    const fix = fixAt(i + 1, place);
    return { ...fix, fixTime: fix.fixTime + (i >= breakAt ? 600_000 : 0) };
  });
  const live = new LivePlace(fixes[0], 2.4);
  return fixes.map(fix => live.take(fix)).at(-1)!;
}
const metres = (length: number, from: number, to: (metre: number) => Corner): Corner[] =>
  Array.from({ length }, (_, i): Corner => to(from + i));
const east = (length: number, from = 0): Corner[] => metres(length, from, metre => [metre, 0]);

test('80 m straight on may be a road, 50 m along and 30 m across are the first round of a field', () => {
  expect(lastPlaceOf(east(81))).toBe('road');
  expect(lastPlaceOf([...east(51), ...metres(30, 1, metre => [50, metre])])).toBe('field');
});

test('a machine that shows up 600 m away after a break came to work, one that shows up 60 m away may drive on', () => {
  const upTo = (from: number): Corner[] => [...east(5), ...east(50, from)];
  expect([lastPlaceOf(upTo(600), 5), lastPlaceOf(upTo(60), 5)]).toEqual(['field', 'road']);
});

test('a first round that stands for a minute is waiting, and goes on where it left off', () => {
  const round = [...east(51), ...metres(30, 1, (metre): Corner => [50, metre])];
  const wait = Array.from({ length: 31 }, (): Corner => [50, 30]);
  expect(lastPlaceOf([...round, ...wait])).toBe('road');
  expect(lastPlaceOf([...round, ...wait, ...metres(10, 31, (metre): Corner => [50, metre])])).toBe('field');
});
