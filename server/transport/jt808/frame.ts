/**
 * Frames of JT/T 808, editions 2013 and 2019: `7e`, header, body, checksum, `7e`; within, `7e` is sent as `7d 02` and `7d` as `7d 01`.
 * Header: message id (2), properties (2: body length in bits 0–9, cipher in 10–12, parts in 13, edition 2019 in 14), [edition 2019: protocol
 * version (1)], terminal number as BCD (6 or 10), serial (2), [parts: how many (2), which (2)].
 */
const FLAG = 0x7e;
const ESCAPE = 0x7d;
/** A body has at most 1,023 bytes; every byte of it may be escaped. */
const MOST_RAW_BYTES = 2 * (1023 + 24);

export interface Frame {
  message: number;
  edition: 2013 | 2019;
  /** The number of the terminal without leading zeros. */
  terminal: string;
  serial: number;
  /** Which of how many, from 1; null: the whole message. */
  part: { of: number; index: number } | null;
  body: Uint8Array;
}

export type Decoded = { frame: Frame } | { damaged: string };

/** Cuts a stream of bytes into frames. What lies between frames, and frames that never end, are thrown away and counted. */
export class FrameReader {
  private raw: number[] = [];
  private inside = false;
  /** Bytes that belonged to no frame. */
  strayBytes = 0;

  read(chunk: Uint8Array): Decoded[] {
    const found: Decoded[] = [];
    for (const byte of chunk) {
      if (byte !== FLAG) {
        if (this.inside && this.raw.length < MOST_RAW_BYTES) this.raw.push(byte);
        else this.stray();
        continue;
      }
      // One flag may end a frame and begin the next.
      if (this.raw.length > 0) found.push(decodeFrame(this.raw));
      this.raw = [];
      this.inside = true;
    }
    return found;
  }

  private stray(): void {
    this.strayBytes += this.raw.length + 1;
    this.raw = [];
    this.inside = false;
  }
}

function decodeFrame(raw: readonly number[]): Decoded {
  const bytes = unescaped(raw);
  if (bytes === null) return { damaged: 'an escape that is none' };
  if (bytes.length < 13) return { damaged: `only ${bytes.length} bytes` };
  let checksum = 0;
  for (const byte of bytes) checksum ^= byte;
  if (checksum !== 0) return { damaged: 'the checksum is another' };
  const view = new DataView(bytes.buffer);
  const properties = view.getUint16(2);
  const edition = properties & 0x4000 ? 2019 : 2013;
  if (properties & 0x1c00) return { damaged: 'the body is enciphered' };
  const [numberAt, numberBytes] = edition === 2019 ? [5, 10] : [4, 6];
  const serialAt = numberAt + numberBytes;
  const bodyAt = serialAt + (properties & 0x2000 ? 6 : 2);
  const length = properties & 0x3ff;
  if (bodyAt + length + 1 !== bytes.length) return { damaged: `a body of ${length} bytes does not fit into ${bytes.length}` };
  const terminal = digitsOf(bytes.subarray(numberAt, serialAt));
  if (terminal === null) return { damaged: 'the terminal number has digits beyond 9' };
  const part = properties & 0x2000 ? { of: view.getUint16(serialAt + 2), index: view.getUint16(serialAt + 4) } : null;
  if (part && (part.index < 1 || part.index > part.of)) return { damaged: `part ${part.index} of ${part.of}` };
  return {
    frame: {
      message: view.getUint16(0),
      edition,
      terminal: terminal.replace(/^0+(?=.)/, ''),
      serial: view.getUint16(serialAt),
      part,
      body: bytes.slice(bodyAt, bodyAt + length),
    },
  };
}

export function encodeFrame({ message, edition, terminal, serial, body }: Omit<Frame, 'part'>): Uint8Array {
  const isNew = edition === 2019;
  const digits = terminal.padStart(isNew ? 20 : 12, '0');
  const number = Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
  const properties = body.length | (isNew ? 0x4000 : 0);
  const plain = [...word(message), ...word(properties), ...(isNew ? [1] : []), ...number, ...word(serial), ...body];
  const checked = [...plain, plain.reduce((sum, byte) => sum ^ byte, 0)];
  const escaped = checked.flatMap(byte => (byte === FLAG ? [ESCAPE, 2] : byte === ESCAPE ? [ESCAPE, 1] : [byte]));
  return Uint8Array.from([FLAG, ...escaped, FLAG]);
}

const word = (value: number): [number, number] => [value >> 8, value & 0xff];

function unescaped(raw: readonly number[]): Uint8Array<ArrayBuffer> | null {
  const bytes: number[] = [];
  for (let i = 0; i < raw.length; i++) {
    if (raw[i] !== ESCAPE) bytes.push(raw[i]);
    else {
      const next = raw[++i];
      if (next !== 1 && next !== 2) return null;
      bytes.push(next === 2 ? FLAG : ESCAPE);
    }
  }
  return Uint8Array.from(bytes);
}

/** Binary-coded decimals; null when a half is no digit. */
export function digitsOf(bytes: Uint8Array): string | null {
  let digits = '';
  for (const byte of bytes) {
    if (byte >> 4 > 9 || (byte & 15) > 9) return null;
    digits += `${byte >> 4}${byte & 15}`;
  }
  return digits;
}
