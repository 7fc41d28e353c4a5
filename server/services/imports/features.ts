import { isUtf8 } from 'node:buffer';
import { Refusal } from '../../../shared/reply.ts';
import type { Pace } from '../pace.ts';
import { MOST_ROWS } from './import-limits.ts';
import { textOf } from './text-of.ts';

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [...'"\\{}[]'].map(sign => sign.charCodeAt(0));
const BREATHE_EVERY = 1 << 18;

/**
 * The features of a GeoJSON FeatureCollection, each as the bytes in which it stands: a file of 64 MB is never one object in memory, and a
 * feature too large for a field is seen before it is read.
 * @throws Refusal when the file is no FeatureCollection
 */
export async function* featuresOf(file: Uint8Array, pace: Pace): AsyncGenerator<Uint8Array> {
  const bytes = isUtf8(file) ? file : Buffer.from((await textOf(file, pace)).text);
  let depth = 0;
  let string = -1;
  let lastString = '';
  let inFeatures = false;
  let hasFeatures = false;
  let start = -1;
  let count = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (i % BREATHE_EVERY === 0) await pace.breathe();
    const byte = bytes[i];
    if (string >= 0) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) {
        if (depth === 1) lastString = i - string < 40 ? Buffer.from(bytes.subarray(string + 1, i)).toString() : '';
        string = -1;
      }
    } else if (byte === QUOTE) string = i;
    else if (byte === OPEN || byte === OPEN_LIST) {
      depth++;
      if (depth === 2 && byte === OPEN_LIST && lastString === 'features') inFeatures = hasFeatures = true;
      if (depth === 3 && byte === OPEN && inFeatures) start = i;
    } else if (byte === CLOSE || byte === CLOSE_LIST) {
      depth--;
      if (depth === 1) inFeatures = false;
      if (depth !== 2 || start < 0) continue;
      if (++count > MOST_ROWS) throw new Refusal('invalid', `file: more than ${MOST_ROWS} features; cut it into several files`);
      yield bytes.subarray(start, i + 1);
      start = -1;
    }
  }
  if (!hasFeatures) throw new Refusal('invalid', 'file: it is no GeoJSON FeatureCollection');
  if (depth !== 0 || string >= 0) throw new Refusal('invalid', `file: it is cut off after feature ${count}; write it again`);
}
