import { expect, test } from 'vitest';
import type { Fix } from '../../shared/fix.ts';
import { at, type Corner, fixAt, passes } from './ground.fixture.ts';
import { WorkedGround } from './worked-ground.ts';

const box = { west: 0, south: 0, east: 150, north: 33 };
const work = passes(box, 2.3, 2.4);
const road = Array.from({ length: 300 }, (_, i): Corner => [160 + 2.3 * i, 40]);
const fixes = (path: readonly Corner[], other: Partial<Fix> = {}): Fix[] => path.map((place, i) => fixAt(i + 1, place, other));
const groundOf = (...tracks: Fix[][]): WorkedGround => {
  const ground = new WorkedGround(...at(0, 0), 2.3);
  for (const track of tracks) for (const fix of [...track, null]) ground.add(fix);
  return ground;
};

test('passes side by side are worked ground, the road that leads away is not, at the same speed', () => {
  const ground = groundOf(fixes([...work, ...road]));
  expect([ground.isWorked(...at(75, 16)), ground.isWorked(...at(2, 1)), ground.isWorked(...at(400, 40))]).toEqual([true, true, false]);
});

test('its region is where the passes are, with a few metres around', () => {
  const [region, ...others] = groundOf(fixes([...work, ...road])).regions();
  const [west, south] = at(0, 0);
  const [east, north] = at(150, 33);
  expect(others).toEqual([]);
  expect([region.west < west, region.south < south, region.east > east, region.north > north]).toEqual([true, true, true, true]);
  expect([region.west > at(-20, 0)[0], region.north < at(0, 53)[1]]).toEqual([true, true]);
});

test('a road driven to and fro on the same line is still a road', () => {
  const ground = groundOf(fixes([...road, ...road.slice().reverse(), ...road]));
  expect(ground.isWorked(...at(400, 40))).toBe(false);
});

test('the first pass is not yet known to be work, the third makes the first one so', () => {
  const rows = [...new Set(work.map(([, north]) => north))];
  const until = (row: number): Fix[] => fixes(work.filter(([, north]) => north <= rows[row]));
  expect(groundOf(until(0)).isWorked(...at(75, rows[0]))).toBe(false);
  expect(groundOf(until(2)).isWorked(...at(75, rows[0]))).toBe(true);
});

test('with the header up nothing is worked', () => {
  expect(groundOf(fixes(work, { working: 0 })).regions()).toEqual([]);
});

test('a gap is not bridged: two ends of a day far apart make no line between them', () => {
  const [first, second] = [fixAt(1, [0, 0]), fixAt(500, [900, 0])];
  const ground = groundOf([first, second], fixes(passes({ west: 440, south: 2, east: 460, north: 4 }, 2, 2)));
  expect(ground.regionNear(...at(200, 0))).toBe(0);
});

test('between two fixes that are far apart nothing was visited, however slow the sampler is', () => {
  // 2 km in 120 s, to and fro, each pass 2.3 m beside the last.
  const ends = Array.from({ length: 12 }, (_, i): Corner => [Math.ceil(i / 2) % 2 === 0 ? 0 : 2000, 2.3 * Math.floor(i / 2)]);
  const slow = fixes(ends).map((fix, i) => ({ ...fix, fixTime: i * 120_000 }));
  expect(groundOf(slow).isWorked(...at(1000, 6))).toBe(false);
});
