import type { Operation } from '../../shared/season.ts';
import type { UnnumberedFix } from '../device/outbox.ts';
import type { Random } from '../season/random.ts';
import type { Spot } from './leg.ts';

/** What is built into a machine, or held in the cab. */
export interface Receiver {
  kind: 'terminal' | 'phone';
  /** Spread of the position per axis in metres: what drifts over half an hour and more, and what changes from pass to pass. */
  driftM: number;
  wobbleM: number;
  accuracyM: number;
  /** Sends width and header or PTO switch. */
  hasSwitch: boolean;
  sampleMs: number;
  clockOffMs: number;
}

/** Orbits and ionosphere change slowly, so neighbouring passes of a quarter of an hour lie true to each other within decimetres. */
const DRIFT_MS = 3_000_000;
const WOBBLE_MS = 45_000;
const METRES_PER_DEGREE = 111_195;
const STANDING_MS = 60_000;
/** While moving. The demonstration's seeders are faster than life, so they are sampled more often. */
const SAMPLE_S = { phone: [3, 5, 5, 10], harvest: [2, 3, 5, 5, 5, 5, 5, 5], sow: [2, 2, 3] };
/** A terminal on a parked machine reports now and then; a phone off duty sends nothing. */
const ASLEEP_MS = 600_000;

export function drawReceiver(operation: Operation, random: Random): Receiver {
  const phone = random.next() < 0.15;
  const offMs = random.next() < 0.04 ? random.normal() * 60_000 : random.normal() * 400;
  return {
    kind: phone ? 'phone' : 'terminal',
    driftM: phone ? random.between(1.2, 2) : random.between(0.12, 0.45),
    wobbleM: phone ? random.between(0.2, 0.4) : random.between(0.04, 0.12),
    accuracyM: phone ? random.between(3.5, 6) : random.between(0.6, 2),
    hasSwitch: !phone && random.next() < 0.6,
    sampleMs: 1000 * random.pick(phone ? SAMPLE_S.phone : SAMPLE_S[operation]),
    clockOffMs: Math.round(offMs),
  };
}

export const intervalMs = (receiver: Receiver, pace: 'moving' | 'standing' | 'asleep'): number => {
  if (pace === 'moving') return receiver.sampleMs;
  if (pace === 'standing') return STANDING_MS;
  return receiver.kind === 'phone' ? Number.POSITIVE_INFINITY : ASLEEP_MS;
};

/** A value that forgets itself with time (Ornstein and Uhlenbeck), mean 0. */
class Wander {
  private value: number;
  private last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly spread: number,
    private readonly forgetsMs: number,
    private readonly random: Random,
  ) {
    this.value = random.normal() * spread;
  }

  at(time: number): number {
    const keeps = Math.exp(-(time - this.last) / this.forgetsMs);
    this.last = time;
    this.value = this.value * keeps + this.spread * Math.sqrt(1 - keeps * keeps) * this.random.normal();
    return this.value;
  }
}

/** What the receiver makes of the truth: position with its errors, its own clock, and what it does not know left out. */
export class Reception {
  private readonly east: Wander[];
  private readonly north: Wander[];

  constructor(
    private readonly receiver: Receiver,
    private readonly widthM: number,
    private readonly random: Random,
  ) {
    const axis = () => [new Wander(receiver.driftM, DRIFT_MS, random), new Wander(receiver.wobbleM, WOBBLE_MS, random)];
    this.east = axis();
    this.north = axis();
  }

  fixOf(spot: Spot, working: boolean, at: number): UnnumberedFix {
    const { random, receiver } = this;
    const moving = spot.speedKmh > 0;
    const off = (axis: Wander[]): number => axis[0].at(at) + axis[1].at(at);
    return {
      fixTime: Math.round(at + receiver.clockOffMs),
      lng: spot.lng + off(this.east) / (METRES_PER_DEGREE * Math.cos((spot.lat * Math.PI) / 180)),
      lat: spot.lat + off(this.north) / METRES_PER_DEGREE,
      speedKmh: Math.max(0, spot.speedKmh + (moving ? 0.12 * random.normal() : 0)),
      headingDeg: moving ? (Math.round(spot.headingDeg * 10 + 15 * random.normal() + 3600) % 3600) / 10 : spot.headingDeg,
      accuracyM: Math.round(receiver.accuracyM * random.between(0.9, 1.2) * 2) / 2,
      widthM: receiver.hasSwitch ? this.widthM : null,
      working: receiver.hasSwitch ? (working ? 1 : 0) : null,
    };
  }
}
