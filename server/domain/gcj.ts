import type { LngLat } from '../../shared/registry.ts';

/** The ellipsoid of Krasovsky, on which the Chinese map offset is computed: semi-major axis in metres, eccentricity squared. */
const A = 6378245;
const E2 = 0.00669342162296594;

const wave = (x: number, amplitudes: readonly [number, number][]): number =>
  amplitudes.reduce((sum, [amplitude, frequency]) => sum + amplitude * Math.sin(frequency * Math.PI * x), 0);
const RIPPLE: readonly [number, number][] = [
  [20, 6],
  [20, 2],
];

/**
 * A WGS-84 place as GCJ-02 maps draw it: some 500 m off in Henan. The formula was never published officially; this is the one that all open
 * software uses, good to a metre.
 */
export function toGcj([lng, lat]: LngLat): LngLat {
  const [x, y] = [lng - 105, lat - 35];
  const root = Math.sqrt(Math.abs(x));
  const ripple = wave(x, RIPPLE);
  const northM =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    (2 / 3) *
      (ripple +
        wave(y, [
          [20, 1],
          [40, 1 / 3],
          [160, 1 / 12],
          [320, 1 / 30],
        ]));
  const eastM =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    (2 / 3) *
      (ripple +
        wave(x, [
          [20, 1],
          [40, 1 / 3],
          [150, 1 / 12],
          [300, 1 / 30],
        ]));
  const sin = Math.sin((lat * Math.PI) / 180);
  const w2 = 1 - E2 * sin * sin;
  const w = Math.sqrt(w2);
  return [
    lng + (eastM * 180) / ((A / w) * Math.cos((lat * Math.PI) / 180) * Math.PI),
    lat + (northM * 180) / (((A * (1 - E2)) / (w2 * w)) * Math.PI),
  ];
}

/** The WGS-84 place that a GCJ-02 one stands for, to a metre. */
export function fromGcj([lng, lat]: LngLat): LngLat {
  const [shiftedLng, shiftedLat] = toGcj([lng, lat]);
  const [againLng, againLat] = toGcj([2 * lng - shiftedLng, 2 * lat - shiftedLat]);
  return [lng - (againLng - (2 * lng - shiftedLng)), lat - (againLat - (2 * lat - shiftedLat))];
}
