/** WGS-84: semi-major axis in metres, first eccentricity squared. */
const A = 6378137;
const E2 = 0.00669437999014;
const RADIANS = Math.PI / 180;

/** A flat frame in metres around one place: true to 1e-5 within a few kilometres, which is far beyond any field. */
export interface LocalFrame {
  lng0: number;
  lat0: number;
  metresPerLng: number;
  metresPerLat: number;
}

/**
 * On the ellipsoid and not on a sphere: a sphere stretches north–south by 0.25 % here and shrinks east–west by 0.22 %, and a swath's width
 * is in true metres.
 */
export function frameAt(lng0: number, lat0: number): LocalFrame {
  const sin = Math.sin(lat0 * RADIANS);
  const w2 = 1 - E2 * sin * sin;
  const w = Math.sqrt(w2);
  return {
    lng0,
    lat0,
    metresPerLng: ((A * Math.cos(lat0 * RADIANS)) / w) * RADIANS,
    metresPerLat: ((A * (1 - E2)) / (w2 * w)) * RADIANS,
  };
}

/** Metres between two near places, degrees in. */
export function metresBetween(aLng: number, aLat: number, bLng: number, bLat: number): number {
  const sin = Math.sin(aLat * RADIANS);
  const w2 = 1 - E2 * sin * sin;
  const w = Math.sqrt(w2);
  const dx = (bLng - aLng) * RADIANS * ((A * Math.sqrt(1 - sin * sin)) / w);
  const dy = (bLat - aLat) * RADIANS * ((A * (1 - E2)) / (w2 * w));
  return Math.sqrt(dx * dx + dy * dy);
}
