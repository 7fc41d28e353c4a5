import { expect, test } from 'vitest';
import type { Fix } from '../../shared/fix.ts';
import { toGcj } from './gcj.ts';
import { type Corner, field, fixAt, MORNING, passes, rectangle } from './ground.fixture.ts';
import { notesOn } from './track-notes.ts';

const meadow = field('meadow', rectangle(0, 0, 150, 40));
const fixes = passes({ west: 0, south: 0, east: 150, north: 40 }, 2.5, 2.4).map((place: Corner, i) => fixAt(i + 1, place));
const notes = (track: readonly Fix[], fields = [meadow]): string[] => notesOn({ track: 'T', fixes: track }, fields);

test('of a good track there is nothing to say', () => {
  expect(notes(fixes)).toEqual([]);
});

test('a track in GCJ-02 is noticed by the fields it misses', () => {
  const shifted = fixes.map(fix => {
    const [lng, lat] = toGcj([fix.lng, fix.lat]);
    return { ...fix, lng, lat };
  });
  expect(notes(shifted)).toEqual(['T: its places look like GCJ-02: shifted back to WGS-84 they would lie in the fields']);
  expect(notes(shifted, [])).toEqual([]);
});

test('a track that is simply elsewhere does not look shifted', () => {
  expect(notes(fixes.map(fix => ({ ...fix, lat: fix.lat + 0.02 })))).toEqual([]);
});

test('a receiver that repeats one place while the machine drives is frozen', () => {
  const frozen = Array.from({ length: 12 }, (_, i) => fixAt(i + 1, [10, 10], { speedKmh: i < 4 ? 0 : 4 }));
  expect(notes(frozen)).toEqual(['T: 8 fixes stand still while the machine reports to drive: a frozen receiver']);
});

test('repeated fixes, a clock that goes back and one that leaps are counted', () => {
  const [a, b] = fixes;
  const back = { ...fixes[2], fixTime: MORNING };
  const leap = { ...fixes[3], fixTime: MORNING + 3 * 86_400_000 };
  expect(notes([a, b, { ...b, seq: 3 }, back, leap])).toEqual([
    'T: 1 fixes repeat the time and place of the one before',
    'T: 1 times the clock goes back',
    'T: 1 times the clock leaps by half a day or more',
  ]);
});
