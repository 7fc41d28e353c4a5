import { expect, test } from 'vitest';
import type { FieldRow } from '../../shared/contract.ts';
import { FieldStore, shapeOf, shapeTileOf } from './field-store.ts';

const empty = new FieldStore(async () => ({ version: 1, fields: [] }));
const cut: FieldRow = ['f1', 'harvested', 1, 0, false];

test('a field has no stage before the server was asked for its tile, and stands when it names no other', () => {
  const store = new FieldStore(async () => ({ version: 1, fields: [] }));
  expect(store.stageOf('f1', '6679/3248')).toBeUndefined();
  store.replace(['6679/3248'], [cut]);
  expect(store.stageOf('f1', '6679/3248')).toEqual(cut);
  expect(store.stageOf('f2', '6679/3248')).toEqual(['f2', 'standing', 0, 0, false]);
});

test('an answer names what looks different: new stages, lost ones, and tiles that were not known', () => {
  const store = new FieldStore(async () => ({ version: 1, fields: [] }));
  store.replace(['a'], [cut, ['f2', 'sown', 1, 1, false]]);
  const again = store.replace(['a', 'b'], [cut, ['f3', 'harvesting', 0.2, 0, false]]);
  expect(again).toEqual({ fields: new Set(['f3', 'f2']), tiles: new Set(['b']) });
});

test('only rows that say something new are drawn again', () => {
  empty.replace(['a'], [cut]);
  expect(empty.change([cut, ['f2', 'harvesting', 0.1, 0, false]])).toEqual(new Set(['f2']));
});

test('shapes keep longitude as x and grow southwards as y', () => {
  const shape = shapeOf({
    id: 'f1',
    areaMu: 4.7,
    rings: [
      [
        [0, 0],
        [90, 0],
        [90, 66.51326],
        [0, 0],
      ],
    ],
  });
  expect(shape.box.map(value => Math.round(value * 1e6) / 1e6)).toEqual([0.5, 0.25, 0.75, 0.5]);
});

test('a deeper tile takes its shapes from the tile that holds it', () => {
  expect(shapeTileOf(6679, 3248, 13)).toBe('6679/3248');
  expect(shapeTileOf(6679 * 4 + 3, 3248 * 4 + 1, 15)).toBe('6679/3248');
});

test('a tile that failed is asked for again', async () => {
  let calls = 0;
  const store = new FieldStore(async () => {
    calls += 1;
    if (calls === 1) throw new Error('no network');
    return { version: 1, fields: [] };
  });
  await expect(store.tile('1/2')).rejects.toThrow('no network');
  expect(await store.tile('1/2')).toEqual({ name: '1/2', shapes: [] });
});
