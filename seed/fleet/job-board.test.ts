import { expect, test } from 'vitest';
import { type BoardField, JobBoard } from './job-board.ts';

const field = (id: string, east: number, more: Partial<BoardField> = {}): BoardField => ({
  id,
  county: 'A',
  town: 'A1',
  rings: [],
  centre: [113 + east / 100, 34],
  areaMu: 5,
  ripeAt: 0,
  sow: true,
  shared: false,
  stage: 'standing',
  ...more,
});
const combine = (id: string) => ({ id, county: 'A', operation: 'harvest' as const });
const seeder = (id: string) => ({ id, county: 'A', operation: 'sow' as const });
const HOUR = 3_600_000;

test('the nearest ripe field goes to the machine, and to no other', () => {
  const board = new JobBoard([
    field('far', 3),
    field('near', 1),
    field('green', 0, { ripeAt: 99 }),
    field('elsewhere', 0, { county: 'B' }),
  ]);
  expect(board.take(combine('c1'), [113, 34], 10)?.field.id).toBe('near');
  expect(board.take(combine('c2'), [113, 34], 10)?.field.id).toBe('far');
  expect(board.take(combine('c3'), [113, 34], 10)).toBe(undefined);
  expect(board.take(combine('c3'), [113, 34], 99)?.field.id).toBe('green');
});

test('a seeder follows an hour behind the combine, where corn is to follow', () => {
  const board = new JobBoard([field('corn', 1), field('fallow', 0, { sow: false })]);
  const place: [number, number] = [113, 34];
  for (const at of [1000, 2000]) board.finish(board.take(combine('c1'), place, 0)!, at);
  expect(board.take(seeder('s1'), place, 1000 + HOUR)).toBe(undefined);
  expect(board.take(seeder('s1'), place, 2000 + HOUR)?.field.id).toBe('corn');
  expect(board.take(seeder('s1'), place, 9 * HOUR)).toBe(undefined);
});

test('a shared field is two halves for two machines and is cut when both are', () => {
  const shared = field('large', 0, { shared: true });
  const board = new JobBoard([shared, field('other', 1)]);
  const place: [number, number] = [113, 34];
  const first = board.take(combine('c1'), place, 0)!;
  expect(board.take(combine('c1'), place, 0)?.field.id).toBe('other');
  const second = board.take(combine('c2'), place, 0)!;
  expect([first.half, second.half, second.field.id]).toEqual([0, 1, 'large']);
  board.finish(second, 1);
  expect(shared.stage).toBe('standing');
  board.finish(first, 2);
  expect(shared.stage).toBe('harvested');
});

test('a county without machines is served from the next', () => {
  const board = new JobBoard([field('abandoned', 0, { county: 'B' })], county => (county === 'B' ? 'A' : county));
  expect(board.take(combine('c1'), [113, 34], 0)?.field.id).toBe('abandoned');
});

test('what was done before is not done again', () => {
  const board = new JobBoard([field('cut', 0, { stage: 'harvested' }), field('sown', 0, { stage: 'sown' })]);
  expect(board.take(combine('c1'), [113, 34], 0)).toBe(undefined);
  expect(board.take(seeder('s1'), [113, 34], 0)?.field.id).toBe('cut');
  expect(board.take(seeder('s1'), [113, 34], 0)).toBe(undefined);
});
