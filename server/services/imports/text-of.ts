import { isUtf8 } from 'node:buffer';
import { Refusal } from '../../../shared/reply.ts';
import type { Pace } from '../pace.ts';

const SLICE = 1 << 20;

/** A spreadsheet saves Chinese as UTF-8, as GB18030, or as UTF-16 with a mark: what is not UTF-8 and has no mark is taken for GB18030. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'gb18030' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return isUtf8(bytes) ? 'utf-8' : 'gb18030';
}

/** @throws Refusal when the file is no text */
export async function textOf(bytes: Uint8Array, pace: Pace): Promise<{ text: string; encoding: string }> {
  const encoding = encodingOf(bytes);
  const decoder = new TextDecoder(encoding);
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += SLICE) {
    const part = decoder.decode(bytes.subarray(from, from + SLICE), { stream: true });
    if (part.includes('\0')) throw new Refusal('invalid', 'file: it holds NUL bytes and is no text file; save it as CSV (UTF-8)');
    parts.push(part);
    await pace.breathe();
  }
  parts.push(decoder.decode());
  const text = parts.join('');
  // The same byte that says "cannot be read" in every encoding.
  if (encoding === 'gb18030' && text.includes('\ufffd'))
    throw new Refusal('invalid', 'file: it is neither UTF-8 nor GB18030; save it as CSV (UTF-8)');
  return { text, encoding };
}
