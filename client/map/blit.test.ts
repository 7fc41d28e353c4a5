import { expect, test } from 'vitest';
import { blit, spriteOf } from './blit.ts';

const red = 0xff0000ff;
const softWhite = 0x80ffffff;
// A 3 × 3 picture: a red cross with soft white corners at the top.
const picture = Uint32Array.from([softWhite, red, softWhite, red, red, red, 0, red, 0]);

test('a sprite lands around its centre, row by row of the buffer', () => {
  const buffer = new Uint32Array(5 * 5);
  blit(buffer, 2 * 5 + 2, spriteOf(picture, 3, 5));
  expect([...buffer]).toEqual([
    ...[0, 0, 0, 0, 0],
    ...[0, softWhite, red, softWhite, 0],
    ...[0, red, red, red, 0],
    ...[0, 0, red, 0, 0],
    ...[0, 0, 0, 0, 0],
  ]);
});

test('a soft edge stays away from what is drawn already', () => {
  const black = 0xff000000;
  const buffer = new Uint32Array(9).fill(black);
  blit(buffer, 4, spriteOf(picture, 3, 3));
  expect([...buffer]).toEqual([black, red, black, red, red, red, black, red, black]);
});
