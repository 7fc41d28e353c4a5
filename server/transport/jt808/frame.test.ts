import { describe, expect, test } from 'vitest';
import { type Decoded, encodeFrame, FrameReader } from './frame.ts';
import { authCodeOf, locationOf, plateOf, storedLocationsOf } from './messages.ts';

const hex = (text: string): Uint8Array => Uint8Array.from((text.match(/[0-9a-f]{2}/g) ?? []).map(pair => Number.parseInt(pair, 16)));
/** A frame around header and body: the checksum added, everything escaped. */
function framed(plain: string): Uint8Array {
  const bytes = [...hex(plain)];
  bytes.push(bytes.reduce((sum, byte) => sum ^ byte, 0));
  return Uint8Array.from([0x7e, ...bytes.flatMap(byte => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte])), 0x7e]);
}
const read = (...chunks: Uint8Array[]): Decoded[] => {
  const reader = new FrameReader();
  return chunks.flatMap(chunk => reader.read(chunk));
};
const frameOf = (bytes: Uint8Array) => {
  const [decoded] = read(bytes);
  if (!('frame' in decoded)) throw new Error(decoded.damaged);
  return decoded.frame;
};

/** 6 June 2027, 08:30:15 in Zhengzhou: 34.746323° N, 113.624663° E, 4.2 km/h, heading 90°. */
const location = '00000000 00000003 02122fd3 06c5c657 0064 002a 005a 270606083015'.replaceAll(' ', '');
const LOCATION = {
  fixTime: Date.UTC(2027, 5, 6, 0, 30, 15),
  lng: 113.624663,
  lat: 34.746323,
  speedKmh: 4.2,
  headingDeg: 90,
  accOn: true,
  positioned: true,
};

describe('frames', () => {
  test('an edition of 2013 is read, the escapes undone, however the stream is cut', () => {
    // Serial 7e 7d, body of 2 bytes 7d 7e.
    const bytes = framed('0002 0002 013812345678 7e7d 7d7e');
    const whole = {
      frame: { message: 2, edition: 2013, terminal: '13812345678', serial: 0x7e7d, part: null, body: hex('7d7e') },
    };
    expect(read(bytes)).toEqual([whole]);
    expect(read(...Array.from(bytes, byte => Uint8Array.of(byte)))).toEqual([whole]);
    expect(read(bytes, bytes.subarray(1))).toEqual([whole, whole]);
  });

  test('an edition of 2019 has a longer number and a version', () => {
    const bytes = framed('0002 4000 01 00000000013812345678 0005');
    expect(read(bytes)).toEqual([{ frame: { message: 2, edition: 2019, terminal: '13812345678', serial: 5, part: null, body: hex('') } }]);
  });

  test('parts say which they are of how many', () => {
    expect(frameOf(framed('0704 2001 013812345678 0005 0003 0002 ff')).part).toEqual({ of: 3, index: 2 });
  });

  test('what is written can be read again', () => {
    for (const edition of [2013, 2019] as const) {
      const frame = { message: 0x8001, edition, terminal: '13812345678', serial: 0x7d, body: hex('0102030405') };
      expect(read(encodeFrame(frame))).toEqual([{ frame: { ...frame, part: null } }]);
    }
  });

  test('damaged frames are named, and what follows them is read', () => {
    const good = framed('0002 0000 013812345678 0001');
    const wrongSum = good.slice();
    wrongSum[wrongSum.length - 2] ^= 1;
    const damages = [
      wrongSum,
      hex('7e00027e'),
      hex('7e7d037e'),
      framed('0002 0400 013812345678 0001'),
      framed('0002 0009 013812345678 0001'),
      framed('0002 0000 01381234567f 0001'),
      framed('0704 2000 013812345678 0005 0003 0004'),
    ];
    for (const damage of damages) {
      const [first, second] = read(damage, good);
      expect(first).toEqual({ damaged: expect.any(String) });
      expect(second).toHaveProperty('frame.message', 2);
    }
  });

  test('a flood without an end is thrown away, not kept', () => {
    const reader = new FrameReader();
    expect(reader.read(hex('7e'))).toEqual([]);
    for (let i = 0; i < 1000; i++) expect(reader.read(new Uint8Array(1000).fill(1))).toEqual([]);
    expect(reader.strayBytes).toBeGreaterThan(990_000);
    expect(reader.read(framed('0002 0000 013812345678 0001'))).toHaveLength(1);
  });
});

describe('messages', () => {
  test('a location is read in the time of China', () => {
    expect(locationOf(hex(location))).toEqual(LOCATION);
    expect(locationOf(hex(`${location}0104000000ff`))).toEqual(LOCATION);
    expect(locationOf(hex(location.slice(2)))).toBeNull();
    expect(locationOf(hex(location.replace('270606', '271332')))).toBeNull();
  });

  test('stored locations come as a list, a damaged one in its place', () => {
    const one = `001c${location}`;
    const broken = `001c${location.replace('270606', '27ff06')}`;
    expect(storedLocationsOf(hex(`000201${one}${one}`))).toEqual([LOCATION, LOCATION]);
    expect(storedLocationsOf(hex(`000201${one}${broken}`))).toEqual([LOCATION, null]);
    expect(storedLocationsOf(hex(`000301${one}${one}`))).toEqual([LOCATION, LOCATION, null]);
    expect(storedLocationsOf(hex('00'))).toEqual([null]);
  });

  test('plates are Chinese, codes are text, in both editions', () => {
    const plate = 'd4a541b7c5'.slice(0, 6);
    const old = frameOf(framed(`0100 0028 013812345678 0001 0029 0064 ${'00'.repeat(5 + 20 + 7)} 02 ${plate}`.replaceAll(' ', '')));
    expect(plateOf(old)).toBe('豫A');
    expect(authCodeOf(frameOf(framed('0102 0003 013812345678 0001 414243')))).toBe('ABC');
    expect(authCodeOf(frameOf(framed('0102 4005 01 00000000013812345678 0001 03 414243 00')))).toBe('ABC');
  });
});
