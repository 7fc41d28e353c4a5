import * as z from 'zod';

/** Lists that come into a season from files: CSV, fields and outlines as GeoJSON. */
export const importKinds = ['units', 'machines', 'stations', 'fields', 'outlines', 'contracts'] as const;
export type ImportKind = (typeof importKinds)[number];
/** Lists that dispatchers bring in while the season runs. */
export const receptionLists = ['expected', 'trained', 'overhauled'] as const;
export type ReceptionList = (typeof receptionLists)[number];
/** People who are invited. */
export const personLists = ['operators'] as const;
export type ListKind = ImportKind | ReceptionList | (typeof personLists)[number];
export const isGeo = (kind: ListKind): boolean => kind === 'fields' || kind === 'outlines';

/** How the corners of a file are to be understood. `file`: as it says itself; `gk…`: CGCS2000, three degrees about this meridian. */
export const coordinateSystems = ['file', 'wgs84', 'gcj02', 'gk111', 'gk114'] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];

/**
 * Why a row or feature cannot be taken, and what to do about it; `detail` is what the sentence is about. The pages have the same in Chinese.
 */
export const importReasons = {
  missing: () => 'is empty: fill it in',
  missingColumn: known => `this column is missing: add it; columns found are ${known}`,
  twiceColumn: () => 'two columns carry this name: keep one',
  notNumber: () => 'is not a number of 0 or more: write digits, such as 12345.6',
  outOfRange: range => `lies outside of ${range}: correct it`,
  notDay: () => 'is not a day: write it as 2027-06-12',
  notCode: () => 'is not a code: 2 to 20 letters and digits',
  notId: () => 'is not an id: 1 to 40 letters, digits, _ or -',
  notOneOf: known => `is none of ${known}: write one of these`,
  tooLong: most => `is longer than ${most} characters: shorten it`,
  notText: () => 'holds control characters: type it again',
  rowLength: columns => `the row has another number of cells than the header (${columns}): look for a separator or quote too many`,
  twice: row => `stands in row ${row} already: keep one of the two`,
  takenBy: other => `belongs to ${other} already: correct one of the two`,
  unknownUnit: () => 'no unit has this code or name: import the units first, or correct it',
  ambiguousUnit: codes => `several units have this name (${codes}): write the code`,
  notTown: () => 'is not a town: a field lies in a town',
  wrongParent: need => `the parent must be ${need}: correct the code of the parent`,
  secondCity: city => `there is a city already (${city}): a season has one`,
  noCity: () => 'there is no city: one row needs the level city and no parent',
  fixedPlace: () => 'has fields or units below it: its level and parent stay as they are',
  notFeature: () => 'is not a GeoJSON feature: write the file anew',
  notPolygon: type => `is a ${type}: draw it as one Polygon`,
  manyParts: parts => `has ${parts} parts: make each a field of its own`,
  notPlace: () => 'holds a point that is no longitude and latitude in degrees: write the file as WGS-84',
  swapped: () => 'latitude stands before longitude: swap the two',
  outside: where => `lies outside of ${where}: check the coordinate system (WGS-84)`,
  tooManyCorners: most => `has more than ${most} corners: simplify it`,
  notClosed: () => 'the ring is not closed: repeat the first point at the end',
  crossing: where => `the outline crosses itself or is broken (${where}): draw it again`,
  areaImplausible: mu => `covers ${mu} mu: a field has 0.05 to 5,000 mu`,
  unknownField: id => `there is no field ${id}: import the fields first, or correct it`,
  otherUnit: id => `field ${id} does not lie in this unit: correct one of the two`,
  beforeStart: day => `comes before the first day ${day}: correct one of the two`,
  unknownMachine: () => 'no machine has this number or plate: import the machines first, or correct it',
  unknownStation: () => 'no station has this number or name: import the stations first, or correct it',
  notReached: () => 'lies outside of your division: leave it to its own dispatcher',
  inWork: why => `cannot be changed any more: ${why}`,
  openTrack: metres => `ends ${metres} m from where it begins: a track is a field only when it comes round`,
  lyingLength: () => 'is not as long as it says: export the file anew',
  retired: into => `became ${into}: take this row out of the file`,
  overlap: other => `overlaps field ${other}: correct one of the two`,
} as const satisfies Record<string, (detail: string) => string>;
export type ImportReason = keyof typeof importReasons;
const reasonNames = Object.keys(importReasons) as [ImportReason, ...ImportReason[]];

export const badRowSchema = z.object({
  /** Line of the table as a spreadsheet numbers it (the header is 1), or number of the feature from 1. */
  row: z.number(),
  /** Column or property as the file names it. */
  column: z.string(),
  /** As it stands there, shortened. */
  value: z.string(),
  reason: z.enum(reasonNames),
  detail: z.string(),
  /** The reason and what to do, in English. */
  message: z.string(),
});
export type BadRow = z.infer<typeof badRowSchema>;

const count = z.number().int();
export const importReportSchema = z.object({
  kind: z.enum([...importKinds, ...receptionLists, ...personLists]),
  /** The change was made. */
  applied: z.boolean(),
  rows: count,
  good: count,
  /** Rows with something wrong; `bad` lists at most 500 findings. */
  badRows: count,
  bad: z.array(badRowSchema),
  new: count,
  changed: count,
  same: count,
  /** Known already and not in the file: they stay as they are. */
  absent: count,
  encoding: z.string(),
  /** Of fields and outlines: what the file is, and in which coordinate system it was read. */
  ground: z
    .object({
      format: z.enum(['geojson', 'shapefile', 'kml', 'gpx']),
      system: z.string(),
      /** So many of the fields lie on ground that is known already when they are moved by the offset of Chinese maps, and not where they are. */
      shift: z.object({ towards: z.enum(['gcj02', 'wgs84']), matched: count, of: count }).nullable(),
    })
    .optional(),
  preview: z.object({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    /** Outer rings for the map, thinned when there are many. */
    shapes: z.array(
      z.object({ id: z.string(), state: z.enum(['new', 'changed', 'bad']), ring: z.array(z.tuple([z.number(), z.number()])) }),
    ),
  }),
});
export type ImportReport = z.infer<typeof importReportSchema>;
