import { expect, test } from 'vitest';
import { type Assigned, Assignment } from './assignment.ts';
import { FieldIndex } from './field-index.ts';
import { type Corner, field, fixAt, rectangle } from './ground.fixture.ts';

const west = field('west', rectangle(0, 0, 100, 30));
const east = field('east', rectangle(100, 0, 200, 30));
const index = new FieldIndex([west, east]);

/** The field of every fix as it is decided: seq, field, and `far` when it is beyond the tolerance. */
function decided(path: readonly Corner[], intervalMs = 1000): string[] {
  const assignment = new Assignment();
  const out: string[] = [];
  path.forEach((place, i) => {
    const fix = fixAt(i + 1, place, { fixTime: 1e12 + i * intervalMs });
    assignment.take(fix, index, ({ seq }, shape, near) => out.push(`${seq} ${shape?.id ?? 'road'}${near ? '' : ' far'}`));
  });
  return out;
}

test('a single fix in a field decides nothing, three do, and all three count', () => {
  expect(
    decided([
      [-20, 15],
      [5, 15],
      [-20, 15],
      [-20, 16],
    ]),
  ).toEqual(['1 road', '2 road', '3 road', '4 road']);
  expect(
    decided([
      [-20, 15],
      [5, 15],
      [10, 15],
    ]),
  ).toEqual(['1 road']);
  expect(
    decided([
      [-20, 15],
      [5, 15],
      [10, 15],
      [15, 15],
    ]),
  ).toEqual(['1 road', '2 west', '3 west', '4 west']);
});

test('ten seconds are as good as three fixes', () => {
  expect(
    decided(
      [
        [-20, 15],
        [5, 15],
        [10, 15],
      ],
      10_000,
    ),
  ).toEqual(['1 road', '2 west', '3 west']);
});

const inWest: Corner[] = [
  [20, 15],
  [30, 15],
  [40, 15],
];

test('4 m outside is still in the field, as long as it lasts', () => {
  expect(decided([...inWest, [50, -3.5], [60, -3.5], [70, -3.5], [80, -3.5]])).toEqual([1, 2, 3, 4, 5, 6, 7].map(seq => `${seq} west`));
});

test('a turn outside that comes back stays in the field, but its fixes are marked as outside', () => {
  expect(decided([...inWest, [50, -8], [60, -8], [60, 5], [50, 5]])).toEqual(
    ['1 west', '2 west', '3 west', '4 west far', '5 west far', '6 west', '7 west'].slice(0, 7),
  );
});

test('three fixes beyond the tolerance leave the field', () => {
  expect(decided([...inWest, [50, -8], [60, -8], [60, -9]]).slice(3)).toEqual(['4 road', '5 road', '6 road']);
});

test('along a shared boundary noise into the neighbour does not change the field', () => {
  const pass = Array.from({ length: 40 }, (_, i): Corner => [i % 3 === 2 ? 101 : 98.7, i * 0.7]);
  expect(decided(pass)).toEqual(pass.map((_, i) => `${i + 1} west`));
});

test('a pass along the boundary on the other side belongs to the neighbour from its first fix', () => {
  const pass = Array.from({ length: 39 }, (_, i): Corner => [i % 8 === 7 ? 99 : 101.2, i * 0.7]);
  expect(decided([...inWest, ...pass])).toEqual([...inWest, ...pass].map((_, i) => `${i + 1} ${i < 3 ? 'west' : 'east'}`));
});

test('driving deep into the neighbour changes at once', () => {
  expect(decided([...inWest, [101, 15], [106, 15], [111, 15], [116, 15]])).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map(seq => `${seq} ${seq < 4 ? 'west' : 'east'}`),
  );
});

test('a field redrawn under a machine is followed', () => {
  const assignment = new Assignment();
  const out: string[] = [];
  const moved = index.with(field('west', rectangle(0, 100, 100, 130)));
  const note: Assigned = (fix, shape) => out.push(`${fix.seq} ${shape?.id ?? 'road'}`);
  for (const seq of [1, 2, 3]) assignment.take(fixAt(seq, [50, 15]), index, note);
  for (const seq of [4, 5, 6]) assignment.take(fixAt(seq, [50, 15]), moved, note);
  expect(out).toEqual(['1 west', '2 west', '3 west', '4 road', '5 road', '6 road']);
});
