import { expect, test } from 'vitest';
import { FieldIndex } from './field-index.ts';
import { at, field, rectangle, ring } from './ground.fixture.ts';

const large = field('large', rectangle(0, 0, 200, 100));
const small = field('small', rectangle(150, 0, 250, 50));
const apart = field('apart', rectangle(300, 0, 400, 100));

test('a place belongs to the field around it, and to none outside', () => {
  const index = new FieldIndex([large, apart]);
  expect(index.at(...at(10, 50))).toBe(large);
  expect(index.at(...at(350, 50))).toBe(apart);
  expect(index.at(...at(250, 50))).toBeNull();
});

test('where fields overlap the smaller wins, whichever was asked first', () => {
  const index = new FieldIndex([large, small]);
  const inBoth = at(175, 25);
  expect(index.at(...inBoth)).toBe(small);
  expect(index.at(...inBoth, large)).toBe(small);
  expect(index.at(...inBoth, small)).toBe(small);
  expect(index.at(...at(175, 75), small)).toBe(large);
});

test('of two equal fields the lower id wins', () => {
  const twin = { ...small, id: 'a-twin' };
  expect(new FieldIndex([small, twin]).at(...at(200, 25))?.id).toBe('a-twin');
  expect(new FieldIndex([twin, small]).at(...at(200, 25), small)?.id).toBe('a-twin');
});

test('a hole is not the field', () => {
  const holed = field('holed', {
    type: 'Polygon',
    coordinates: [large.polygon.coordinates[0], ring([50, 40], [70, 40], [70, 60], [50, 60])],
  });
  const index = new FieldIndex([holed]);
  expect(index.at(...at(60, 50))).toBeNull();
  expect(index.at(...at(60, 50), holed)).toBeNull();
  expect(index.distanceM(holed, ...at(60, 50))).toBeCloseTo(10, 2);
});

test('the distance to a field is 0 inside and metres to its edge outside', () => {
  const index = new FieldIndex([large]);
  expect(index.distanceM(large, ...at(10, 50))).toBe(0);
  expect(index.distanceM(large, ...at(207, 50))).toBeCloseTo(7, 2);
  expect(index.distanceM(large, ...at(203, 104))).toBeCloseTo(5, 1);
});

test('an edited field replaces the old one in a new index; the old index stays as it was', () => {
  const before = new FieldIndex([large, apart]);
  const moved = field('large', rectangle(0, 200, 200, 300));
  const after = before.with(moved);
  expect(after.at(...at(10, 50))).toBeNull();
  expect(after.at(...at(10, 50), large)).toBeNull();
  expect(after.at(...at(10, 250))).toBe(moved);
  expect(after.get('large')).toBe(moved);
  expect([after.size, before.size]).toEqual([2, 2]);
  expect(before.at(...at(10, 50))).toBe(large);
});

test('a thousand additions are all found', () => {
  let index = new FieldIndex([large]);
  for (let i = 0; i < 1000; i++) index = index.with(field(`new-${i}`, rectangle(1000 + i * 20, 0, 1010 + i * 20, 10)));
  expect(index.size).toBe(1001);
  expect(index.at(...at(1005, 5))?.id).toBe('new-0');
  expect(index.at(...at(1005 + 999 * 20, 5))?.id).toBe('new-999');
  expect(index.at(...at(10, 50))).toBe(large);
});

test('an index without fields finds none', () => {
  expect(new FieldIndex([]).at(113.6, 34.7)).toBeNull();
  expect(new FieldIndex([]).size).toBe(0);
});
