/**
 * JT/T 808 as a terminal writes it, from the layout of the standard and from nothing of the program: flag 7e; header: message (2),
 * properties (2), edition 2019: version (1), number (BCD, 6 or 10 bytes), serial (2); body; checksum (xor of all before it); flag 7e.
 */
export type Edition = 2013 | 2019;

export interface Sender {
  edition: Edition;
  number: string;
}

export const REGISTER = 0x0100;
export const AUTHENTICATE = 0x0102;
export const HEARTBEAT = 0x0002;
export const LOCATION = 0x0200;
export const STORED = 0x0704;

/** Header and body, before checksum and escapes. */
export function plainFrame({ edition, number }: Sender, message: number, { serial, body }: { serial: number; body: Buffer }): Buffer {
  const head = Buffer.alloc(edition === 2019 ? 17 : 12);
  head.writeUInt16BE(message, 0);
  head.writeUInt16BE(body.length | (edition === 2019 ? 0x4000 : 0), 2);
  if (edition === 2019) head[4] = 1;
  const digits = number.padStart(edition === 2019 ? 20 : 12, '0');
  head.write(digits, edition === 2019 ? 5 : 4, 'hex');
  head.writeUInt16BE(serial & 0xffff, head.length - 2);
  return Buffer.concat([head, body]);
}

/** With its checksum, escaped, between flags. */
export function sealed(plain: Buffer): Buffer {
  const checksum = plain.reduce((sum, byte) => sum ^ byte, 0);
  const escaped = [...plain, checksum].flatMap(byte => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte]));
  return Buffer.from([0x7e, ...escaped, 0x7e]);
}

/** Province, county, maker, model, id, colour of the plate, plate: all empty. */
export const registerBody = (edition: Edition): Buffer => Buffer.alloc(edition === 2019 ? 76 : 37);

export function authenticateBody(edition: Edition, code: string): Buffer {
  const text = Buffer.from(code, 'latin1');
  // The edition of 2019 says how long the code is, and adds IMEI and version.
  return edition === 2019 ? Buffer.concat([Buffer.of(text.length), text, Buffer.alloc(35)]) : text;
}

export interface Place {
  fixTime: number;
  lng: number;
  lat: number;
  speedKmh: number;
  headingDeg: number;
}

const CHINA_MS = 8 * 3_600_000;

/** Alarm (4), status (4: ignition on, positioned), latitude, longitude in 1e-6° (4 each), height (2), speed in 0.1 km/h (2), heading (2), time (6). */
export function locationBody({ fixTime, lng, lat, speedKmh, headingDeg }: Place): Buffer {
  const body = Buffer.alloc(28);
  body.writeUInt32BE(3, 4);
  body.writeUInt32BE(Math.round(lat * 1e6), 8);
  body.writeUInt32BE(Math.round(lng * 1e6), 12);
  body.writeUInt16BE(100, 16);
  body.writeUInt16BE(Math.round(speedKmh * 10), 18);
  body.writeUInt16BE(Math.round(headingDeg) % 360, 20);
  body.write(new Date(fixTime + CHINA_MS).toISOString().replace(/\D/g, '').slice(2, 14), 22, 'hex');
  return body;
}

/** How many (2), of which kind (1: from a blind spot), then each with its length (2). */
export function storedBody(places: readonly Place[]): Buffer {
  const head = Buffer.of(places.length >> 8, places.length & 255, 1);
  return Buffer.concat([head, ...places.flatMap(place => [Buffer.of(0, 28), locationBody(place)])]);
}

export interface Answer {
  message: number;
  /** The serial that it answers. */
  serial: number;
  result: number;
  /** What is behind the result of a registration. */
  code: string;
}

/** Cuts what the platform says into answers. */
export class AnswerReader {
  private rest = Buffer.alloc(0);

  read(chunk: Buffer): Answer[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const found: Answer[] = [];
    for (;;) {
      const from = this.rest.indexOf(0x7e);
      const to = this.rest.indexOf(0x7e, from + 1);
      if (from < 0 || to < 0) return found;
      found.push(answerOf(unescaped(this.rest.subarray(from + 1, to))));
      this.rest = this.rest.subarray(to + 1);
    }
  }
}

function unescaped(raw: Buffer): Buffer {
  const bytes: number[] = [];
  for (let i = 0; i < raw.length; i++) bytes.push(raw[i] === 0x7d ? (raw[++i] === 2 ? 0x7e : 0x7d) : raw[i]);
  return Buffer.from(bytes);
}

function answerOf(bytes: Buffer): Answer {
  const bodyAt = bytes.readUInt16BE(2) & 0x4000 ? 17 : 12;
  const body = bytes.subarray(bodyAt, -1);
  const message = bytes.readUInt16BE(0);
  const isRegister = message === 0x8100;
  return { message, serial: body.readUInt16BE(0), result: body[isRegister ? 2 : 4], code: body.subarray(3).toString('latin1') };
}
