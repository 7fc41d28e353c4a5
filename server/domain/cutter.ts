import type { Fix } from '../../shared/fix.ts';
import type { Implement, LngLat } from '../../shared/registry.ts';
import { frameAt } from './local-frame.ts';

/** Slower than this the course that a receiver sends is that of its noise. */
const COURSE_KMH = 1;
const PER_DEGREE = 1e7;
const rounded = (degrees: number): number => Math.round(degrees * PER_DEGREE) / PER_DEGREE;

/** Whether the antenna sits over the middle of the implement, as far as anybody said. */
export const isCentred = ({ antennaForwardM = 0, antennaRightM = 0 }: Implement): boolean => antennaForwardM === 0 && antennaRightM === 0;

/**
 * Where the middle of the implement is while the antenna is at `at`, on the way from a to b: by the course that the receiver sends, else by
 * the line between the two. To 1e-7 degree, as places are kept.
 */
export function cutterAt(at: Fix, [a, b]: readonly [Fix, Fix], { antennaForwardM = 0, antennaRightM = 0 }: Implement): LngLat {
  const { metresPerLng, metresPerLat } = frameAt(at.lng, at.lat);
  let [east, north] = [(b.lng - a.lng) * metresPerLng, (b.lat - a.lat) * metresPerLat];
  if (at.headingDeg !== null && (at.speedKmh ?? 0) >= COURSE_KMH) {
    const course = (at.headingDeg * Math.PI) / 180;
    [east, north] = [Math.sin(course), Math.cos(course)];
  }
  const length = Math.hypot(east, north);
  if (length === 0) return [at.lng, at.lat];
  const eastM = (-antennaForwardM * east - antennaRightM * north) / length;
  const northM = (-antennaForwardM * north + antennaRightM * east) / length;
  return [rounded(at.lng + eastM / metresPerLng), rounded(at.lat + northM / metresPerLat)];
}
