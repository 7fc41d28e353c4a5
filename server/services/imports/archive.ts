import { inflateRawSync } from 'node:zlib';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { BadFile } from './import-limits.ts';

const MOST_ENTRIES = 200;
const MOST_BYTES = 128 << 20;
/** Tables of blanks shrink to a hundredth; what shrinks more and is large was made to burst. */
const MOST_RATIO = 200;
const HARMLESS_BYTES = 16 << 20;

/**
 * Names of what a zip says that it holds; nothing is unpacked.
 * @throws BadFile when it is no zip, or was made to do harm
 */
export function namesIn(zip: Uint8Array): string[] {
  const names = new Set<string>();
  let bytes = 0;
  open(zip, ({ name, originalSize, compression }) => {
    if (names.size === MOST_ENTRIES) throw new BadFile(`the zip holds more than ${MOST_ENTRIES} files; put only the shapefile in it`);
    if (isSlip(name)) throw new BadFile(`the zip holds a file that points out of it (${name.slice(0, 60)}); make it anew`);
    if (names.has(name)) throw new BadFile(`the zip holds ${name.slice(0, 60)} twice; make it anew`);
    if (compression !== 0 && compression !== 8) throw new BadFile('the zip is packed in an unusual way; make it anew with Deflate');
    bytes += originalSize;
    if (bytes > MOST_BYTES) throw new BadFile(`the zip unpacks to more than ${MOST_BYTES >> 20} MB; cut it into several files`);
    names.add(name);
    return false;
  });
  if (bytes > HARMLESS_BYTES && bytes > MOST_RATIO * zip.length)
    throw new BadFile(`the zip unpacks to more than ${MOST_RATIO} times its size; make it anew without what is not the shapefile`);
  return [...names];
}

/**
 * Unpacks one of the entries, no further than the length that the zip tells of it; what a lying length holds back or makes up is seen by
 * that or by the file's own.
 */
export function unpacked(zip: Uint8Array, name: string): Uint8Array {
  let [number, packed, size] = [-1, -1, -1];
  let count = 0;
  open(zip, entry => {
    if (entry.name === name) [number, packed, size] = [count, entry.size, entry.originalSize];
    count++;
    return false;
  });
  const { start, isStored } = placeOf(zip, number);
  const raw = zip.subarray(start, start + packed);
  const bytes = isStored ? raw : inflated(raw, size);
  if (raw.length !== packed || bytes.length !== size) throw unlike();
  return bytes;
}

const unlike = () => new BadFile('the zip does not hold what it says; make it anew');

/** zlib stops where the length is passed: a bomb costs no more than what it says that it is. */
function inflated(raw: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw unlike();
    throw damaged();
  }
}

const END = 0x06054b50;
const WIDE_END = 0x07064b50;
const NOT_HERE = 0xffffffff;
const WIDE = 1;

/** Where the bytes of an entry begin; by its number in the zip's directory. */
function placeOf(zip: Uint8Array, number: number): { start: number; isStored: boolean } {
  try {
    const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
    let end = zip.length - 22;
    while (view.getUint32(end, true) !== END) end--;
    let at = view.getUint32(end + 16, true);
    if (at === NOT_HERE && view.getUint32(end - 20, true) === WIDE_END)
      at = Number(view.getBigUint64(Number(view.getBigUint64(end - 12, true)) + 48, true));
    for (let i = 0; i < number; i++) at += 46 + lengthsAt(view, at + 28, 3);
    const local = view.getUint32(at + 42, true);
    const header = local === NOT_HERE ? wideOffset(view, at) : local;
    return { start: header + 30 + lengthsAt(view, header + 26, 2), isStored: view.getUint16(at + 10, true) === 0 };
  } catch (error) {
    if (error instanceof RangeError) throw damaged();
    throw error;
  }
}

/** The sum of so many lengths that stand one after the other. */
function lengthsAt(view: DataView, at: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += view.getUint16(at + 2 * i, true);
  return sum;
}

/** Of a zip for large files: behind the two lengths, where these stand there, too. */
function wideOffset(view: DataView, entry: number): number {
  let at = entry + 46 + view.getUint16(entry + 28, true);
  while (view.getUint16(at, true) !== WIDE) at += 4 + view.getUint16(at + 2, true);
  const before = [20, 24].filter(part => view.getUint32(entry + part, true) === NOT_HERE).length;
  return Number(view.getBigUint64(at + 4 + 8 * before, true));
}

const damaged = () => new BadFile('the zip is damaged; make it anew');

function open(zip: Uint8Array, filter: (entry: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(zip, { filter });
  } catch (error) {
    if (error instanceof BadFile) throw error;
    throw damaged();
  }
}

/** Nothing of a zip is ever written to the disk; one that would reach elsewhere is not a file that somebody made in good faith. */
const isSlip = (name: string): boolean => /^([/\\]|[a-z]:)|(^|[/\\])\.\.([/\\]|$)|\0/i.test(name);
