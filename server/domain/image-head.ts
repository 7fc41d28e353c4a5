export interface ImageHead {
  format: 'jpeg' | 'png' | 'webp';
  width: number;
  height: number;
  /** The file goes on to its own end mark. */
  isWhole: boolean;
}

/** What an image says of itself in its first bytes, read without decoding a pixel; null: not one of these formats, or no size in it. */
export function imageHead(bytes: Uint8Array): ImageHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 30) return null;
  if (view.getUint16(0) === 0xffd8) return jpegHead(view);
  if (view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a) return pngHead(view);
  if (text(view, 0, 4) === 'RIFF' && text(view, 8, 4) === 'WEBP') return webpHead(view);
  return null;
}

const text = (view: DataView, from: number, length: number): string =>
  String.fromCharCode(...Array.from({ length }, (_, i) => view.getUint8(from + i)));

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xffd9;
/** Of SOF0 to SOF15 these three are tables, not frames. */
const NOT_A_FRAME = new Set([0xc4, 0xc8, 0xcc]);

/** ISO/IEC 10918-1: segments, each with its marker and length; within a scan no marker stands but at its end. */
function jpegHead(view: DataView): ImageHead | null {
  let size: { width: number; height: number } | null = null;
  let at = 2;
  while (at + 9 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN) return size && { format: 'jpeg', ...size, isWhole: endsAfter(view, at) };
    if (marker >= 0xc0 && marker <= 0xcf && !NOT_A_FRAME.has(marker))
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** From behind: cameras append things of their own after the end mark. */
function endsAfter(view: DataView, scan: number): boolean {
  for (let at = view.byteLength - 2; at > scan; at--) if (view.getUint16(at) === END_OF_IMAGE) return true;
  return false;
}

/** The header chunk comes first; the last chunk is IEND. */
function pngHead(view: DataView): ImageHead | null {
  if (text(view, 12, 4) !== 'IHDR') return null;
  let isWhole = false;
  for (let at = 8; at + 8 <= view.byteLength && !isWhole; at += 12 + view.getUint32(at)) isWhole = text(view, at + 4, 4) === 'IEND';
  return { format: 'png', width: view.getUint32(16), height: view.getUint32(20), isWhole };
}

/** Three kinds: lossy, lossless and extended, each with its size at another place (RFC 9649). */
function webpHead(view: DataView): ImageHead | null {
  const isWhole = view.getUint32(4, true) + 8 <= view.byteLength;
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (text(view, 12, 4)) {
    case 'VP8 ':
      return { format: 'webp', width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, isWhole };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { format: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, isWhole };
    }
    case 'VP8X':
      return { format: 'webp', width: uint24(24) + 1, height: uint24(27) + 1, isWhole };
    default:
      return null;
  }
}
