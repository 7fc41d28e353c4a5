import { expect, test } from 'vitest';
import { type Fix, readFixRow, rowOfFix } from './fix.ts';
import { FixPacker, packFixes, unpackFixes } from './packing.ts';

const passFixes = (count: number): Fix[] =>
  Array.from(
    { length: count },
    (_, i) =>
      readFixRow([
        i + 1,
        1_812_000_000_000 + i * 1000,
        113.6 + i * 1.3e-5 + ((i * 7919) % 13) * 1e-7,
        34.7 + ((i * 104_729) % 11) * 1e-7,
        4.2 + (i % 3) / 10,
        88 + (i % 5) / 10,
        1.2,
        2.5,
        1,
      ]) as Fix,
  );

test('a packed batch unpacks to the same fixes', () => {
  const fixes = passFixes(60);
  expect(unpackFixes(packFixes(fixes))).toEqual(fixes);
});

test('packed one by one, with a look in between, the bytes are the same', () => {
  const packer = new FixPacker();
  for (const fix of passFixes(300)) {
    packer.add(fix);
    if (fix.seq === 7) expect(packer.packed()).toEqual(packFixes(passFixes(7)));
  }
  expect(packer.packed()).toEqual(packFixes(passFixes(300)));
});

test('nulls, holes in seq, steps back in time and the corners of the earth survive packing', () => {
  const fixes = [
    readFixRow([5, 0, -180, -90, null, null, null, null, null]),
    readFixRow([9, 1e14, 180, 90, 2000, 360, 1e6, 100, 0]),
    readFixRow([2 ** 40, 1_812_000_000_000, 113.6, 34.7, 0, 0, 0, 0, 1]),
  ] as Fix[];
  expect(unpackFixes(packFixes(fixes))).toEqual(fixes);
});

test('sixty working fixes take at most 11 bytes each', () => {
  expect(packFixes(passFixes(60)).length / 60).toBeLessThanOrEqual(11);
});

test('a batch cut short, with bytes left over, or of another format says so', () => {
  const packed = packFixes(passFixes(3));
  expect(() => unpackFixes(packed.slice(0, -1))).toThrow('ends too early');
  expect(() => unpackFixes(Uint8Array.from([...packed, 0]))).toThrow('bytes left over');
  expect(() => unpackFixes(Uint8Array.of(9, 0))).toThrow('unknown format 9');
  expect(() => unpackFixes(Uint8Array.of(1, 200, 200, 1))).toThrow('at most');
});

test('a row is quantised to what is stored, and reads back as itself', () => {
  const fix = readFixRow([1, 1.4, 113.600000049, 34.7, 4.204, 88.04, 1.24, 2.504, 1]) as Fix;
  expect(rowOfFix(fix)).toEqual([1, 1, 113.6, 34.7, 4.2, 88, 1.2, 2.5, 1]);
  expect(readFixRow(rowOfFix(fix))).toEqual(fix);
});

test('a bad row with a readable seq is kept as it came; without one it is nothing', () => {
  expect(readFixRow([7, 'noon', 113.6, 34.7])).toEqual({ seq: 7, raw: '[7,"noon",113.6,34.7]' });
  expect(readFixRow([7, 1, 181, 34.7, null, null, null, null, null])).toEqual({ seq: 7, raw: '[7,1,181,34.7,null,null,null,null,null]' });
  expect(readFixRow([0, 1, 113, 34])).toBeUndefined();
  expect(readFixRow('x')).toBeUndefined();
});
