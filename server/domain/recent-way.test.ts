import { expect, test } from 'vitest';
import { type Corner, fixAt } from './ground.fixture.ts';
import { RecentWay } from './recent-way.ts';

/** A place every two seconds, but for `lateMs` more. */
function wayOf(path: readonly Corner[], lateMs: Record<number, number> = {}): Record<string, number> {
  const way = new RecentWay();
  let late = 0;
  for (const [i, place] of path.entries()) {
    late += lateMs[i] ?? 0;
    const fix = fixAt(i + 1, place);
    way.take({ ...fix, fixTime: fix.fixTime + late });
  }
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  const { metresOver1Min, metresOver5Min, movingMsOver30Min, alongOneAxis, leapM } = way;
  return {
    metresOver1Min: rounded(metresOver1Min),
    metresOver5Min: rounded(metresOver5Min),
    movingMsOver30Min,
    alongOneAxis: rounded(alongOneAxis),
    leapM: Math.round(leapM),
  };
}
const east = (steps: number, from = 0): Corner[] => Array.from({ length: steps + 1 }, (_, i): Corner => [from + 5 * i, 0]);
const north = (steps: number, at: number): Corner[] => Array.from({ length: steps }, (_, i): Corner => [at, 5 * (i + 1)]);

test('40 steps of 5 m straight on: 150 m in the last minute, 200 m in all, 80 s, one axis, no leap', () => {
  expect(wayOf(east(40))).toEqual({ metresOver1Min: 150, metresOver5Min: 200, movingMsOver30Min: 80_000, alongOneAxis: 1, leapM: 0 });
});

test('to and fro is one axis; 50 m along and 30 m across leave 20 of 80', () => {
  expect(wayOf([...east(10), ...east(9).reverse()]).alongOneAxis).toBe(1);
  expect(wayOf([...east(10), ...north(6, 50)]).alongOneAxis).toBe(0.25);
});

test('standing is no moving: a minute on the same spot leaves nothing of that minute', () => {
  const still = Array.from({ length: 31 }, (): Corner => [50, 0]);
  expect(wayOf([...east(10), ...still])).toMatchObject({ metresOver1Min: 0, metresOver5Min: 50, movingMsOver30Min: 20_000 });
});

test('a break of two minutes is a leap, and neither path nor moving', () => {
  const way = wayOf([...east(4), ...east(4, 720)], { 5: 120_000 });
  expect(way).toMatchObject({ metresOver1Min: 20, metresOver5Min: 40, movingMsOver30Min: 16_000, leapM: 700 });
});

test('what a slow sampler sends every 40 s is no leap once that is known to be its way', () => {
  const slow = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [i + 1, 38_000]));
  expect(wayOf(east(8), slow)).toMatchObject({ metresOver5Min: 35, leapM: 5 });
});
