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

/** Unpacks one of the entries; what a lying length holds back or makes up is seen by its length or by the file's own. */
export function unpacked(zip: Uint8Array, name: string): Uint8Array {
  let size = -1;
  const files = open(zip, entry => {
    if (entry.name === name) size = entry.originalSize;
    return entry.name === name;
  });
  const bytes = files[name];
  if (bytes?.length !== size) throw new BadFile('the zip does not hold what it says; make it anew');
  return bytes;
}

function open(zip: Uint8Array, filter: (entry: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(zip, { filter });
  } catch (error) {
    if (error instanceof BadFile) throw error;
    throw new BadFile('the zip is damaged; make it anew');
  }
}

/** Nothing of a zip is ever written to the disk; one that would reach elsewhere is not a file that somebody made in good faith. */
const isSlip = (name: string): boolean => /^([/\\]|[a-z]:)|(^|[/\\])\.\.([/\\]|$)|\0/i.test(name);
