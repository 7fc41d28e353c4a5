import { type Random, randomOf } from '../season/random.ts';
import { MOST_SERIAL } from './drill-terminal.ts';
import {
  AUTHENTICATE,
  authenticateBody,
  HEARTBEAT,
  LOCATION,
  locationBody,
  type Place,
  plainFrame,
  REGISTER,
  registerBody,
  type Sender,
  STORED,
  sealed,
  storedBody,
} from './terminal-frames.ts';

export interface Mutated {
  bytes: Buffer;
  /** The bytes may be none of a frame: they count as damage on their line. */
  isBroken: boolean;
}

const DAY_S = 86_400;

/** At work for a day, a place a second; now and then anywhere and at any time of it. */
function* places(random: Random, at: number): Generator<Place, never> {
  for (let second = 0; ; second++) {
    const isAstray = random.next() < 0.02;
    const ago = isAstray ? random.whole(DAY_S) : Math.max(0, DAY_S - second);
    const lng = isAstray ? random.between(112.7, 114.2) : 113.4 + (second % 1000) * 2e-5;
    const lat = isAstray ? random.between(34.3, 35) : 34.6 + Math.floor(second / 1000) * 2e-5;
    yield { fixTime: at - ago * 1000, lng, lat, speedKmh: random.between(0, 20), headingDeg: random.whole(360) };
  }
}

/** Frames that a terminal would send, each spoiled in one or more ways: without end, the same for the same seed. */
export function* mutatedFrames(sender: Sender, { seed, at }: { seed: number; at: number }): Generator<Mutated, never> {
  const random = randomOf(seed, 'mutated', sender.number);
  const way = places(random, at);
  for (let serial = 1; ; serial++) {
    const [message, body] = bodyOf(sender, random, () => way.next().value);
    const plain = plainFrame(sender, message, { serial: MOST_SERIAL + 1 + (serial & MOST_SERIAL), body });
    // Most keep a right checksum, and so get past the first door.
    if (random.next() < 0.85) yield { bytes: sealed(spoiledInside(plain, random)), isBroken: false };
    else yield { bytes: spoiledOutside(sealed(plain), random), isBroken: true };
  }
}

function bodyOf({ edition }: Sender, random: Random, place: () => Place): [message: number, body: Buffer] {
  const chance = random.next();
  if (chance < 0.4) return [LOCATION, locationBody(place())];
  if (chance < 0.6) return [STORED, storedBody(Array.from({ length: 1 + random.whole(20) }, place))];
  if (chance < 0.8) return [HEARTBEAT, Buffer.alloc(0)];
  if (chance < 0.85) return [REGISTER, registerBody(edition)];
  if (chance < 0.9) return [AUTHENTICATE, authenticateBody(edition, 'guess')];
  return [random.whole(0x10000), Buffer.from(Array.from({ length: random.whole(900) }, () => random.whole(256)))];
}

/** Bytes of another value, gone or doubled, anywhere behind the message and the number: the header's properties too. */
function spoiledInside(plain: Buffer, random: Random): Buffer {
  const bytes = [...plain];
  for (let left = 1 + random.whole(4); left > 0; left--) {
    const at = random.next() < 0.2 ? 2 + random.whole(2) : Math.min(bytes.length - 1, 12 + random.whole(Math.max(1, bytes.length - 12)));
    const how = random.next();
    if (how < 0.8) bytes[at] = random.pick([0, 0xff, 0x7e, 0x7d, random.whole(256)]);
    else if (how < 0.9) bytes.splice(at, 1 + random.whole(8));
    else bytes.splice(at, 0, ...bytes.slice(at, at + random.whole(40)));
  }
  return Buffer.from(bytes);
}

const filled = (length: number, value: number): Buffer => Buffer.alloc(length, value);

/** No checksum, no end, no beginning, escapes that are none, and what was never a frame. */
function spoiledOutside(frame: Buffer, random: Random): Buffer {
  const half = frame.subarray(0, 1 + random.whole(frame.length - 1));
  const flipped = Buffer.from(frame);
  flipped[random.whole(flipped.length)] ^= 1 << random.whole(8);
  return random.pick([
    flipped,
    half,
    Buffer.concat([half, frame]),
    frame.subarray(1),
    filled(1 + random.whole(3000), 0x7d),
    filled(1 + random.whole(3000), 0x7e),
    Buffer.concat([filled(1, 0x7e), filled(1 + random.whole(5000), random.whole(256)), filled(1, 0x7e)]),
    Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
    Buffer.from([0x7e, 0x16, 0x03, 0x01, 0x02, 0x00, 0x01]),
  ]);
}
