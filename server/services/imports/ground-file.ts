import type { ImportReport } from '../../../shared/imports.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { Shift } from '../../domain/datum-shift.ts';
import { namesIn } from './archive.ts';
import type { Refused } from './ground-features.ts';
import type { GroundReader } from './ground-reader.ts';
import type { GroundJob, GroundRead } from './ground-work.ts';
import { BadFile } from './import-limits.ts';

/** A file of fields or outlines as GeoJSON, whatever it came as. */
export interface GroundFile extends Omit<GroundRead, 'format' | 'refused'> {
  format: GroundRead['format'] | 'geojson';
  refused: ReadonlyMap<number, Refused>;
}

export const groundOf = ({ format, system }: GroundFile, shift: Shift | null): NonNullable<ImportReport['ground']> => ({
  format,
  system,
  shift,
});

const startsWith = (bytes: Uint8Array, signs: string): boolean => [...signs].every((sign, i) => bytes[i] === sign.charCodeAt(0));

/** @throws Refusal when nothing can be made of the file, or when it takes too much */
export async function groundFileOf({ bytes, wished }: GroundJob, reader: GroundReader): Promise<GroundFile> {
  const isZip = startsWith(bytes, 'PK');
  if (!isZip && !isXml(bytes)) {
    const system = wished === 'gcj02' ? 'gcj02' : 'wgs84';
    return { geojson: bytes, refused: new Map(), encoding: 'utf-8', format: 'geojson', system };
  }
  // What is made to burst is seen before a thread is started for it.
  if (isZip) checkZip(bytes);
  const { refused, ...read } = await reader.read({ bytes, wished });
  return { ...read, refused: new Map(refused.map(one => [one[0], one])) };
}

/** `<`, after a mark or blanks. */
function isXml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  return /^(\xef\xbb\xbf|\xff\xfe)?\s*</.test(head);
}

function checkZip(bytes: Uint8Array): void {
  try {
    namesIn(bytes);
  } catch (error) {
    throw error instanceof BadFile ? new Refusal('invalid', error.message) : error;
  }
}
