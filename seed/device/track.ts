import type { UnnumberedFix } from './outbox.ts';

export interface Track {
  fixes: UnnumberedFix[];
  /** Rows that could not be used, by reason. */
  bad: Map<string, number>;
}

const REQUIRED = ['fixTime', 'lng', 'lat'] as const;
const KNOWN = [...REQUIRED, 'speedKmh', 'headingDeg', 'accuracyM', 'workingWidthM', 'working', 'label'] as const;
/** The contract's limits of speedKmh, headingDeg, accuracyM and widthM. */
const HIGHEST = [2000, 360, 1e6, 100];
type Column = (typeof KNOWN)[number];

/**
 * Reads `fixTime,lng,lat,speedKmh[,headingDeg][,workingWidthM][,working][,label]`, columns in any order by their header, `fixTime` as
 * ISO 8601 or epoch ms. Only what cannot be a fix at all is left out; whether it is a good one is for the server to say.
 * Throws when the header lacks a needed column.
 */
export function readTrack(text: string): Track {
  const track: Track = { fixes: [], bad: new Map() };
  for (const { fix } of readRows(text)) {
    if (typeof fix === 'string') track.bad.set(fix, (track.bad.get(fix) ?? 0) + 1);
    else track.fixes.push(fix);
  }
  return track;
}

/** One row of the file: its time as it stands there, and the fix or the reason why there is none. */
export interface TrackRow {
  fixTime: string;
  fix: UnnumberedFix | string;
}

/** Every row, in the order of the file; blank lines are none. Throws when the header lacks a needed column. */
export function readRows(text: string): TrackRow[] {
  const [header, ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = header.split(',').map(name => name.trim());
  const missing = REQUIRED.filter(name => !columns.includes(name));
  if (missing.length > 0) throw new Error(`the track has no column ${missing.join(', ')}`);
  const place = new Map(KNOWN.map(name => [name, columns.indexOf(name)]));
  return lines
    .filter(line => line.trim() !== '')
    .map(line => {
      const cells = line.split(',');
      const cell = (name: Column): string => cells[place.get(name)!]?.trim() ?? '';
      return { fixTime: cell('fixTime'), fix: readRow(cell) };
    });
}

/** A fix, or the reason why there is none. */
function readRow(cell: (name: Column) => string): UnnumberedFix | string {
  const fixTime = readTime(cell('fixTime'));
  if (Number.isNaN(fixTime)) return 'fixTime is no time';
  const [lng, lat] = [readNumber(cell('lng')), readNumber(cell('lat'))];
  if (lng === null || Number.isNaN(lng) || Math.abs(lng) > 180) return 'lng is no longitude';
  if (lat === null || Number.isNaN(lat) || Math.abs(lat) > 90) return 'lat is no latitude';
  const working = readSwitch(cell('working'));
  if (working === undefined) return 'working is neither 1 nor 0';
  const numbers = (['speedKmh', 'headingDeg', 'accuracyM', 'workingWidthM'] as const).map(name => readNumber(cell(name)));
  if (numbers.some(number => Number.isNaN(number))) return 'a number cannot be read';
  if (numbers.some((number, i) => number !== null && (number < 0 || number > HIGHEST[i]))) return 'a number is out of range';
  const [speedKmh, headingDeg, accuracyM, widthM] = numbers;
  return { fixTime, lng, lat, speedKmh, headingDeg, accuracyM, widthM, working };
}

/** Without a zone an ISO time is the season's own, Asia/Shanghai. */
function readTime(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text));
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) return Number.NaN;
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}+08:00`);
}

const readNumber = (text: string): number | null => (text === '' ? null : Number(text));

function readSwitch(text: string): 0 | 1 | null | undefined {
  if (text === '') return null;
  if (text === '1' || text === 'true') return 1;
  if (text === '0' || text === 'false') return 0;
  return undefined;
}
