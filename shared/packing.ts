import type { Fix } from './fix.ts';

/**
 * The packed form of a batch, on the wire and on disk: delta + varint, about 8 bytes a fix.
 *
 *   byte 0        format, 1
 *   varint        number of fixes
 *   then per fix  a control byte, then only what the control byte announces:
 *     bit 0  the step of seq is not 1: zigzag varint (step − 1)
 *     bit 1  the step of fixTime differs from the step before: zigzag varint of the difference, ms
 *     bit 2  speedKmh differs from the fix before: zigzag varint of the difference in the coded value
 *     bit 3  headingDeg, likewise        bit 4  accuracyM, likewise        bit 5  widthM, likewise
 *     bits 6–7  working: 0 null, 1 not working, 2 working
 *     always last: zigzag varints of the change of the step of lng and of lat, in 1e-7 degree
 *
 * A coded value is 0 for null, else 1 + the value in its unit of storage (0.01 km/h, 0.1 degree, 0.1 m, 0.01 m). Everything before the
 * first fix is 0: seq 0, fixTime 0, steps 0. A varint is little-endian base 128; zigzag maps 0, −1, 1, −2 … to 0, 1, 2, 3 ….
 */
const FORMAT = 1;
const SCALE = { speedKmh: 100, headingDeg: 10, accuracyM: 10, widthM: 100 };

const code = (value: number | null, scale: number): number => (value === null ? 0 : Math.round(value * scale) + 1);
const decode = (coded: number, scale: number): number | null => (coded === 0 ? null : (coded - 1) / scale);

/** The largest a fix can get: control byte, three 8-byte varints of time and place, and five shorter ones. */
const MOST_BYTES_A_FIX = 56;
const MOST_BYTES_BEFORE = 9;

/** Packs fix by fix. */
export class FixPacker {
  count = 0;
  private body: Uint8Array<ArrayBuffer>;
  private at = 0;
  private seq = 0;
  private time = 0;
  private timeStep = 0;
  private lng = 0;
  private lat = 0;
  private lngStep = 0;
  private latStep = 0;
  private speed = 0;
  private heading = 0;
  private accuracy = 0;
  private width = 0;

  constructor(expected = 4) {
    this.body = new Uint8Array(Math.max(1, expected) * MOST_BYTES_A_FIX);
  }

  add(fix: Fix): void {
    if (this.at + MOST_BYTES_A_FIX > this.body.length) this.grow();
    const seqStep = fix.seq - this.seq;
    const timeStep = fix.fixTime - this.time;
    const speed = code(fix.speedKmh, SCALE.speedKmh);
    const heading = code(fix.headingDeg, SCALE.headingDeg);
    const accuracy = code(fix.accuracyM, SCALE.accuracyM);
    const width = code(fix.widthM, SCALE.widthM);
    const lng = Math.round(fix.lng * 1e7);
    const lat = Math.round(fix.lat * 1e7);
    this.body[this.at++] =
      (seqStep !== 1 ? 1 : 0) |
      (timeStep !== this.timeStep ? 2 : 0) |
      (speed !== this.speed ? 4 : 0) |
      (heading !== this.heading ? 8 : 0) |
      (accuracy !== this.accuracy ? 16 : 0) |
      (width !== this.width ? 32 : 0) |
      (fix.working === null ? 0 : fix.working === 0 ? 64 : 128);
    if (seqStep !== 1) this.signed(seqStep - 1);
    if (timeStep !== this.timeStep) this.signed(timeStep - this.timeStep);
    if (speed !== this.speed) this.signed(speed - this.speed);
    if (heading !== this.heading) this.signed(heading - this.heading);
    if (accuracy !== this.accuracy) this.signed(accuracy - this.accuracy);
    if (width !== this.width) this.signed(width - this.width);
    this.signed(lng - this.lng - this.lngStep);
    this.signed(lat - this.lat - this.latStep);
    this.lngStep = lng - this.lng;
    this.latStep = lat - this.lat;
    this.seq = fix.seq;
    this.time = fix.fixTime;
    this.timeStep = timeStep;
    this.lng = lng;
    this.lat = lat;
    this.speed = speed;
    this.heading = heading;
    this.accuracy = accuracy;
    this.width = width;
    this.count++;
  }

  /** Everything added so far; more may be added after it. */
  packed(): Uint8Array<ArrayBuffer> {
    const before = new Uint8Array(MOST_BYTES_BEFORE);
    before[0] = FORMAT;
    const length = writeVarint(before, 1, this.count);
    const packed = new Uint8Array(length + this.at);
    packed.set(before.subarray(0, length));
    packed.set(this.body.subarray(0, this.at), length);
    return packed;
  }

  private signed(value: number): void {
    this.at = writeVarint(this.body, this.at, value < 0 ? -2 * value - 1 : 2 * value);
  }

  private grow(): void {
    const body = new Uint8Array(this.body.length * 2);
    body.set(this.body);
    this.body = body;
  }
}

/** Returns where the next byte goes. Values up to 2^53: beyond 32 bits by division, since bit operations stop there. */
function writeVarint(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest > 0x7fffffff) {
    bytes[at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  while (rest > 127) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

export function packFixes(fixes: readonly Fix[]): Uint8Array<ArrayBuffer> {
  const packer = new FixPacker(fixes.length);
  for (const fix of fixes) packer.add(fix);
  return packer.packed();
}

/** Reads byte by byte; what does not belong there is a RangeError that names the byte. */
class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get ended(): boolean {
    return this.at === this.bytes.length;
  }

  fail(what: string): never {
    throw new RangeError(`packed batch: ${what} at byte ${this.at}`);
  }

  byte(): number {
    if (this.at >= this.bytes.length) this.fail('ends too early');
    return this.bytes[this.at++];
  }

  /** Seven bits a byte; bit operations carry four of them, the rest goes by multiplication. */
  varint(): number {
    let byte = this.byte();
    let value = byte & 127;
    for (let shift = 7; byte >= 128 && shift < 28; shift += 7) {
      byte = this.byte();
      value |= (byte & 127) << shift;
    }
    for (let factor = 2 ** 28; byte >= 128; factor *= 128) {
      if (factor > 2 ** 53) this.fail('number too long');
      byte = this.byte();
      value += (byte & 127) * factor;
    }
    return value <= Number.MAX_SAFE_INTEGER ? value : this.fail('number too large');
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

/** Throws a RangeError that names the byte when the bytes are not a batch in this form. */
export function unpackFixes(bytes: Uint8Array, most = 10_000): Fix[] {
  const from = new Reader(bytes);
  const format = from.byte();
  if (format !== FORMAT) from.fail(`unknown format ${format}`);
  const count = from.varint();
  if (count > most) from.fail(`${count} fixes, at most ${most}`);
  const fixes: Fix[] = [];
  let seq = 0,
    time = 0,
    timeStep = 0,
    lng = 0,
    lat = 0,
    lngStep = 0,
    latStep = 0;
  let speed = 0,
    heading = 0,
    accuracy = 0,
    width = 0;
  for (let i = 0; i < count; i++) {
    const control = from.byte();
    seq += 1 + (control & 1 ? from.signed() : 0);
    if (control & 2) timeStep += from.signed();
    time += timeStep;
    if (control & 4) speed += from.signed();
    if (control & 8) heading += from.signed();
    if (control & 16) accuracy += from.signed();
    if (control & 32) width += from.signed();
    lngStep += from.signed();
    latStep += from.signed();
    lng += lngStep;
    lat += latStep;
    const flag = control >> 6;
    if (flag === 3) from.fail('unknown work switch');
    fixes.push({
      seq,
      fixTime: time,
      lng: lng / 1e7,
      lat: lat / 1e7,
      speedKmh: decode(speed, SCALE.speedKmh),
      headingDeg: decode(heading, SCALE.headingDeg),
      accuracyM: decode(accuracy, SCALE.accuracyM),
      widthM: decode(width, SCALE.widthM),
      working: flag === 0 ? null : flag === 1 ? 0 : 1,
    });
  }
  if (!from.ended) from.fail('has bytes left over');
  return fixes;
}
