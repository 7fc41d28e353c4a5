import type { UnnumberedFix } from '../device/outbox.ts';
import type { Random } from '../season/random.ts';
import type { Spot } from './leg.ts';

/** What is built into a machine, or held in the cab. */
export interface Receiver {
  kind: 'terminal' | 'phone';
  /** Drift of the position: spread per axis in metres, and the time in which it forgets itself. */
  driftM: number;
  driftS: number;
  accuracyM: number;
  /** Sends width and header or PTO switch. */
  hasSwitch: boolean;
  sampleMs: number;
  clockOffMs: number;
}

/** Receivers hold their position while the machine stands. */
const STEADIER_AT_REST = 12;
const METRES_PER_DEGREE = 111_195;
const STANDING_MS = 60_000;
/** A terminal on a parked machine reports now and then; a phone off duty sends nothing. */
const ASLEEP_MS = 600_000;

export function drawReceiver(random: Random): Receiver {
  const phone = random.next() < 0.15;
  const offMs = random.next() < 0.04 ? random.normal() * 60_000 : random.normal() * 400;
  return {
    kind: phone ? 'phone' : 'terminal',
    driftM: phone ? random.between(1.8, 2.8) : random.between(0.2, 0.9),
    driftS: phone ? 300 : 150,
    accuracyM: phone ? random.between(3.5, 6) : random.between(0.6, 2),
    hasSwitch: !phone && random.next() < 0.6,
    sampleMs: 1000 * random.pick(phone ? [5, 5, 10] : [2, 3, 5, 5, 5, 5, 5, 5]),
    clockOffMs: Math.round(offMs),
  };
}

export const intervalMs = (receiver: Receiver, pace: 'moving' | 'standing' | 'asleep'): number => {
  if (pace === 'moving') return receiver.sampleMs;
  if (pace === 'standing') return STANDING_MS;
  return receiver.kind === 'phone' ? Number.POSITIVE_INFINITY : ASLEEP_MS;
};

/** What the receiver makes of the truth: a drift that remembers itself (Ornstein and Uhlenbeck), a little jitter, its own clock. */
export class Reception {
  private east: number;
  private north: number;
  private last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly receiver: Receiver,
    private readonly widthM: number,
    private readonly random: Random,
  ) {
    this.east = random.normal() * receiver.driftM;
    this.north = random.normal() * receiver.driftM;
  }

  fixOf(spot: Spot, working: boolean, at: number): UnnumberedFix {
    const { random, receiver } = this;
    const moving = spot.speedKmh > 0;
    const forgetsS = moving ? receiver.driftS : receiver.driftS * STEADIER_AT_REST;
    const keeps = Math.exp(-(at - this.last) / 1000 / forgetsS);
    const fresh = receiver.driftM * Math.sqrt(1 - keeps * keeps);
    this.last = at;
    this.east = this.east * keeps + fresh * random.normal();
    this.north = this.north * keeps + fresh * random.normal();
    return {
      fixTime: Math.round(at + receiver.clockOffMs),
      lng: spot.lng + (this.east + 0.05 * random.normal()) / (METRES_PER_DEGREE * Math.cos((spot.lat * Math.PI) / 180)),
      lat: spot.lat + (this.north + 0.05 * random.normal()) / METRES_PER_DEGREE,
      speedKmh: Math.max(0, spot.speedKmh + (moving ? 0.12 * random.normal() : 0)),
      headingDeg: moving ? (Math.round(spot.headingDeg * 10 + 15 * random.normal() + 3600) % 3600) / 10 : spot.headingDeg,
      accuracyM: Math.round(receiver.accuracyM * random.between(0.9, 1.2) * 2) / 2,
      widthM: receiver.hasSwitch ? this.widthM : null,
      working: receiver.hasSwitch ? (working ? 1 : 0) : null,
    };
  }
}
