import type { UnnumberedFix } from '../device/outbox.ts';
import { planeAt } from '../season/plane.ts';
import { randomOf } from '../season/random.ts';

const PASS_M = 200;
const BETWEEN_PASSES_M = 2.5;
const SPEED_M_PER_S = 1.25;
const NOISE_M = 0.2;

const rounded = (value: number, scale: number): number => Math.round(value * scale) / scale;

/** A combine at work, a fix a second without end, with the noise of a phone's receiver: nothing of it packs better than a real day does. */
export function* dayTrack(origin: readonly number[], seed: number, from: number): Generator<UnnumberedFix, never> {
  const random = randomOf(seed, 'day track');
  const plane = planeAt(origin);
  for (let second = 0; ; second++) {
    const driven = second * SPEED_M_PER_S;
    const pass = Math.floor(driven / (PASS_M + BETWEEN_PASSES_M));
    const beyond = driven - pass * (PASS_M + BETWEEN_PASSES_M);
    const along = Math.min(PASS_M, beyond);
    const isOut = pass % 2 === 0;
    const east = pass * BETWEEN_PASSES_M + (beyond - along) + random.normal() * NOISE_M;
    const north = (isOut ? along : PASS_M - along) + random.normal() * NOISE_M;
    const [lng, lat] = plane.toLngLat([east, north]);
    yield {
      fixTime: from + second * 1000,
      lng,
      lat,
      speedKmh: rounded(SPEED_M_PER_S * 3.6 + random.normal() * 0.2, 100),
      headingDeg: rounded((360 + (isOut ? 0 : 180) + random.normal() * 3) % 360, 10),
      accuracyM: rounded(random.between(3, 6), 10),
      widthM: null,
      working: 1,
    };
  }
}
