import { expect, test } from 'vitest';
import { PlanBoard } from './plan-board.ts';

const size = { threads: 2, orders: 4, machines: 3 };

test('what one thread writes the other reads, orders that nobody takes included', () => {
  const mine = new PlanBoard(size);
  const theirs = new PlanBoard(size, mine.memory);
  const found = { routes: [[2, 0], [], [3]], absent: [1], lateH: 0.5, km: 12.25 };
  expect(theirs.read(0, size)).toBe(null);
  mine.write(0, found);
  expect(theirs.read(0, size)).toEqual(found);
  expect(theirs.read(1, size)).toBe(null);
});

test('a place that is being written is not read', () => {
  const board = new PlanBoard(size);
  board.write(1, { routes: [[0], [1], [2]], absent: [3], lateH: 0, km: 1 });
  Atomics.add(new Int32Array(board.memory), 1, 1);
  expect(board.read(1, size)).toBe(null);
});
