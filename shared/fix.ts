/** One GNSS report (定位点) of one machine, quantised to what is stored: 1e-7 degree, 0.01 km/h, 0.1 degree, 0.1 m, 0.01 m. */
export interface Fix {
  /** Rises from 1 within an outbox; holes only where the device named them as thinned. */
  seq: number;
  /** The device's clock, epoch ms. */
  fixTime: number;
  lng: number;
  lat: number;
  speedKmh: number | null;
  headingDeg: number | null;
  accuracyM: number | null;
  widthM: number | null;
  /** Header or PTO switch: 1 working, 0 not, null unknown. */
  working: 0 | 1 | null;
}

/** The same as a plain row, in the order of a `fix:report`. */
export type FixRow = [
  seq: number,
  fixTime: number,
  lng: number,
  lat: number,
  speedKmh: number | null,
  headingDeg: number | null,
  accuracyM: number | null,
  widthM: number | null,
  working: 0 | 1 | null,
];

/** A row whose seq can be read but not the rest: kept as it came, in quarantine. */
export interface MalformedRow {
  seq: number;
  raw: string;
}

/** Far beyond any device's life, and small enough that sums and zigzag codes stay exact integers. */
const LATEST_FIX_TIME = 1e14;
const HIGHEST_SEQ = 2 ** 50;
const MOST = { speedKmh: 2000, headingDeg: 360, accuracyM: 1e6, widthM: 100 };

const optional = (value: unknown, scale: number, limit: number): number | null | undefined => {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' && value >= 0 && value <= limit ? Math.round(value * scale) / scale : undefined;
};

/**
 * Reads one row of a report. Returns undefined when not even its seq can be trusted: the whole batch is then invalid.
 * Written by hand and not as a schema because it runs for every fix.
 */
export function readFixRow(row: unknown): Fix | MalformedRow | undefined {
  if (!Array.isArray(row)) return undefined;
  const seq = row[0];
  if (!Number.isInteger(seq) || seq < 1 || seq > HIGHEST_SEQ) return undefined;
  const [, fixTime, lng, lat] = row;
  const speedKmh = optional(row[4], 100, MOST.speedKmh);
  const headingDeg = optional(row[5], 10, MOST.headingDeg);
  const accuracyM = optional(row[6], 10, MOST.accuracyM);
  const widthM = optional(row[7], 100, MOST.widthM);
  const working = row[8] ?? null;
  const wellFormed =
    typeof fixTime === 'number' &&
    fixTime >= 0 &&
    fixTime <= LATEST_FIX_TIME &&
    typeof lng === 'number' &&
    lng >= -180 &&
    lng <= 180 &&
    typeof lat === 'number' &&
    lat >= -90 &&
    lat <= 90 &&
    speedKmh !== undefined &&
    headingDeg !== undefined &&
    accuracyM !== undefined &&
    widthM !== undefined &&
    (working === null || working === 0 || working === 1);
  if (!wellFormed) return { seq, raw: JSON.stringify(row).slice(0, 400) };
  return {
    seq,
    fixTime: Math.round(fixTime),
    lng: Math.round(lng * 1e7) / 1e7,
    lat: Math.round(lat * 1e7) / 1e7,
    speedKmh,
    headingDeg,
    accuracyM,
    widthM,
    working,
  };
}

const within = (value: number | null, limit: number): boolean => value === null || (value >= 0 && value <= limit);

/** Whether a fix that was unpacked, and so is quantised already, holds what a row may hold. */
export const isWellFormed = (fix: Fix): boolean =>
  fix.seq >= 1 &&
  fix.seq <= HIGHEST_SEQ &&
  fix.fixTime >= 0 &&
  fix.fixTime <= LATEST_FIX_TIME &&
  Math.abs(fix.lng) <= 180 &&
  Math.abs(fix.lat) <= 90 &&
  within(fix.speedKmh, MOST.speedKmh) &&
  within(fix.headingDeg, MOST.headingDeg) &&
  within(fix.accuracyM, MOST.accuracyM) &&
  within(fix.widthM, MOST.widthM);

export const rowOfFix = (fix: Fix): FixRow => [
  fix.seq,
  fix.fixTime,
  fix.lng,
  fix.lat,
  fix.speedKmh,
  fix.headingDeg,
  fix.accuracyM,
  fix.widthM,
  fix.working,
];
