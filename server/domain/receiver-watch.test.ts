import { expect, test } from 'vitest';
import type { Fix } from '../../shared/fix.ts';
import { FieldIndex } from './field-index.ts';
import { toGcj } from './gcj.ts';
import { field, fixAt, rectangle } from './ground.fixture.ts';
import { ReceiverWatch } from './receiver-watch.ts';

const index = new FieldIndex([field('F1', rectangle(0, 0, 100, 100))]);
const shifted = (fix: Fix): Fix => {
  const [lng, lat] = toGcj([fix.lng, fix.lat]);
  return { ...fix, lng, lat };
};
const inField = (seq: number, other: Partial<Fix> = {}): Fix => fixAt(seq, [10 + (seq % 80), 50], { working: 1, ...other });

test('a receiver whose places would lie in the fields if they were GCJ-02 is noticed, and believed again once it is set right', () => {
  const watch = new ReceiverWatch();
  for (let batch = 1; batch <= 29; batch++) watch.take([shifted(inField(batch))], index);
  expect(watch.looksShifted).toBe(false);
  watch.take([shifted(inField(30))], index);
  expect(watch.looksShifted).toBe(true);
  // On the road nothing is learned, and a restart forgets nothing.
  const again = new ReceiverWatch(watch.state());
  for (let batch = 31; batch <= 90; batch++) again.take([fixAt(batch, [5000, 5000], { working: 0 })], index);
  expect(again.looksShifted).toBe(true);
  for (let batch = 91; batch <= 100; batch++) again.take([inField(batch)], index);
  expect(again.looksShifted).toBe(false);
});

test('a receiver that is right, on ground that no field is known for, is not taken for a shifted one', () => {
  const watch = new ReceiverWatch();
  for (let batch = 1; batch <= 100; batch++) watch.take([fixAt(batch, [3000 + batch, 50], { working: 1 })], index);
  expect(watch.looksShifted).toBe(false);
});

test('frozen fixes and clocks that go back are counted', () => {
  const watch = new ReceiverWatch();
  const still = Array.from({ length: 8 }, (_, i) => fixAt(i + 1, [20, 20], { speedKmh: 5 }));
  watch.take(still, index);
  watch.take([fixAt(9, [21, 20]), { ...fixAt(10, [22, 20]), fixTime: fixAt(5, [0, 0]).fixTime }], index);
  // Of eight at one place the first moved there.
  expect(watch.state()).toMatchObject({ frozenFixes: 7, clockStepsBack: 1 });
});
