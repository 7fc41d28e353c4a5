import { DateTime } from 'luxon';
import { ZONE } from '../../../shared/season.ts';
import { digitsOf, type Frame } from './frame.ts';

/** What terminals say and are told, by the numbers of JT/T 808. */
export const MESSAGE = {
  terminalReply: 0x0001,
  heartbeat: 0x0002,
  logout: 0x0003,
  register: 0x0100,
  authenticate: 0x0102,
  location: 0x0200,
  storedLocations: 0x0704,
  platformReply: 0x8001,
  registerReply: 0x8100,
} as const;

/** Results of the platform's general reply. */
export const RESULT = { done: 0, failed: 1, wrong: 2, notSupported: 3 } as const;

/** Bits of a location's status. */
const ACC_ON = 1;
const POSITIONED = 2;
const SOUTH = 4;
const WEST = 8;
/** The place is enciphered. */
const ENCIPHERED = 32;

export interface TerminalLocation {
  fixTime: number;
  /** As the terminal sends it: in its own coordinate system. */
  lng: number;
  lat: number;
  speedKmh: number;
  headingDeg: number;
  /** The ignition is on. */
  accOn: boolean;
  /** False: no satellites, and the place is an old one; or nobody here can read it. */
  positioned: boolean;
}

const gbk = new TextDecoder('gb18030');

/** The plate of a registration; empty while the vehicle has none. */
export function plateOf({ body, edition }: Frame): string {
  const start = edition === 2019 ? 2 + 2 + 11 + 30 + 30 + 1 : 2 + 2 + 5 + 20 + 7 + 1;
  return gbk.decode(body.subarray(start)).replace(/\0.*$/s, '');
}

/** The code of an authentication. */
export function authCodeOf({ body, edition }: Frame): string {
  const code = edition === 2019 ? body.subarray(1, 1 + (body[0] ?? 0)) : body;
  return gbk.decode(code).replace(/\0.*$/s, '');
}

/** Null: damaged. What follows the fixed part is not needed here. */
export function locationOf(body: Uint8Array): TerminalLocation | null {
  if (body.length < 28) return null;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const status = view.getUint32(4);
  const fixTime = instantOf(body.subarray(22, 28));
  const lat = view.getUint32(8) / 1e6;
  const lng = view.getUint32(12) / 1e6;
  if (fixTime === null || lat > 90 || lng > 180) return null;
  return {
    fixTime,
    lng: status & WEST ? -lng : lng,
    lat: status & SOUTH ? -lat : lat,
    speedKmh: view.getUint16(18) / 10,
    headingDeg: view.getUint16(20) % 360,
    accOn: (status & ACC_ON) !== 0,
    positioned: (status & (POSITIONED | ENCIPHERED)) === POSITIONED,
  };
}

/** Locations that were stored while there was no network; null in the place of a damaged one, or alone when the list itself is. */
export function storedLocationsOf(body: Uint8Array): (TerminalLocation | null)[] {
  if (body.length < 3) return [null];
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const count = view.getUint16(0);
  const found: (TerminalLocation | null)[] = [];
  let at = 3;
  while (found.length < count && at + 2 <= body.length) {
    const length = view.getUint16(at);
    if (at + 2 + length > body.length) break;
    found.push(locationOf(body.subarray(at + 2, at + 2 + length)));
    at += 2 + length;
  }
  return found.length === count ? found : [...found, null];
}

/** BCD year, month, day, hour, minute, second, in the time of China. */
function instantOf(bytes: Uint8Array): number | null {
  const digits = digitsOf(bytes);
  if (digits === null) return null;
  const [year, month, day, hour, minute, second] = Array.from({ length: 6 }, (_, i) => Number(digits.slice(2 * i, 2 * i + 2)));
  const at = DateTime.fromObject({ year: 2000 + year, month, day, hour, minute, second }, { zone: ZONE });
  return at.isValid ? at.toMillis() : null;
}

/** Body of the platform's general reply. */
export const replyBody = ({ serial, message }: Frame, result: number): Uint8Array =>
  Uint8Array.of(serial >> 8, serial & 0xff, message >> 8, message & 0xff, result);

/** Body of the answer to a registration: 0 with the code, 2 there is no such vehicle, 4 there is no such terminal. */
export const registerReplyBody = ({ serial }: Frame, result: number, code = ''): Uint8Array =>
  Uint8Array.of(serial >> 8, serial & 0xff, result, ...(result === 0 ? new TextEncoder().encode(code) : []));
