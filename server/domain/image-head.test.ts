import { Transformer } from '@napi-rs/image';
import { describe, expect, test } from 'vitest';
import { imageHead } from './image-head.ts';

const picture = Transformer.fromRgbaPixels(new Uint8Array(300 * 200 * 4).fill(120), 300, 200);
const files = { jpeg: picture.jpegSync(80), png: picture.pngSync(), webp: picture.webpSync(80), lossless: picture.webpLosslessSync() };

describe('the head of a picture', () => {
  test.each(Object.entries(files))('%s tells its size and whether it is whole', (name, bytes) => {
    const format = name === 'lossless' ? 'webp' : name;
    expect(imageHead(bytes)).toEqual({ format, width: 300, height: 200, isWhole: true });
    expect(imageHead(bytes.subarray(0, bytes.length - 12))).toEqual({ format, width: 300, height: 200, isWhole: false });
  });

  test('an extended WebP has its size in 24 bits', () => {
    const bytes = new Uint8Array(30);
    bytes.set(new TextEncoder().encode('RIFF'), 0);
    bytes.set([22, 0, 0, 0], 4);
    bytes.set(new TextEncoder().encode('WEBPVP8X'), 8);
    // Width − 1 and height − 1, little endian: 0x012c − 1 = 299, 0x0100c8 − 1 = 65,735.
    bytes.set([0x2b, 0x01, 0x00, 0xc7, 0x00, 0x01], 24);
    expect(imageHead(bytes)).toEqual({ format: 'webp', width: 300, height: 65_736, isWhole: true });
  });

  test('anything else has none', () => {
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect([svg, new Uint8Array(0), new Uint8Array(100), files.jpeg.subarray(0, 40)].map(imageHead)).toEqual([null, null, null, null]);
  });
});
