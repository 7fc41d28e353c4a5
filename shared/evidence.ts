import * as z from 'zod';
import { refusalReasons } from './device.ts';
import { widthSources } from './measurement.ts';
import { polygonSchema } from './registry.ts';
import { operations } from './season.ts';

/** 作业证据单: what was measured of one field in one operation, from what, and how sure it is. Areas in mu. */

const areaMu = z.number().min(0);
const instant = z.number();
const gapsSchema = z.object({ count: z.number().int(), minutes: z.number() });

export const evidenceMachineSchema = z.object({
  /** Null on a sheet that was opened by its link. */
  machine: z.string().nullable(),
  plate: z.string(),
  operatorName: z.string().nullable(),
  /** What it was the first to cover, slivers closed. */
  coveredMu: areaMu,
  firstAt: instant,
  lastAt: instant,
  workMinutes: z.number().min(0),
  /** The width over most of its way, and the narrowest and widest used. */
  widthM: z.object({ usual: z.number(), least: z.number(), most: z.number(), source: z.enum(widthSources) }),
  /** Share of its way, by length, of which no switch said that it was work, or of which the step is long; 0..1. */
  estimatedShare: z.number().min(0).max(1),
  gaps: gapsSchema,
  fixes: z.number().int(),
  /** Fixes sent while it worked here that do not count, by reason. */
  refused: z.partialRecord(z.enum(refusalReasons), z.number().int()),
  thinned: z.number().int(),
});
export type EvidenceMachine = z.infer<typeof evidenceMachineSchema>;

/** Classes of the picture's cells. */
export const CELL = { outside: 0, open: 1, covered: 2, closed: 3, overlap: 4 } as const;

/** What is drawn: cells by run-length (`packRuns`), row 0 in the south, and ways in decimetres from the south-western corner. */
export const evidencePictureSchema = z.object({
  west: z.number(),
  south: z.number(),
  metresPerLng: z.number(),
  metresPerLat: z.number(),
  cellM: z.number(),
  width: z.number().int(),
  height: z.number().int(),
  runs: z.string(),
  /** By index into `machines`; each run is x, y and then steps dx, dy. Nothing is drawn across a gap. */
  tracks: z.array(z.object({ machine: z.number().int(), runs: z.array(z.array(z.number().int())) })),
});
export type EvidencePicture = z.infer<typeof evidencePictureSchema>;

export const evidenceFiguresSchema = z.object({
  coveredMu: areaMu,
  /** Holds the truth nine times in ten. */
  bandMu: z.tuple([areaMu, areaMu]),
  /** Of what is covered: painted by swaths, and added where slivers between passes were closed. */
  paintedMu: areaMu,
  closedMu: areaMu,
  overlapMu: areaMu,
  /** Ground that the same swaths covered beyond this boundary and outside of every other field. */
  outsideMu: areaMu,
  openMu: areaMu,
  firstAt: instant,
  lastAt: instant,
  /** Null: not finished. */
  finished: z.object({ at: instant, by: z.enum(['rule', 'person']), name: z.string().nullable() }).nullable(),
  /** Finished by rule, and open again by somebody's word; the name where it is shown. */
  reopened: z.object({ name: z.string().nullable() }).nullable(),
  estimatedShare: z.number().min(0).max(1),
  gaps: gapsSchema,
  /** The width that the distance between passes speaks for; null: too few passes side by side. */
  spacingWidthM: z.number().nullable(),
});
export type EvidenceFigures = z.infer<typeof evidenceFiguresSchema>;

/** A later change of the measured figure: fixes of a machine that came after their day's bulletin. */
export const evidenceCorrectionSchema = z.object({
  at: instant,
  plate: z.string(),
  fixes: z.number().int(),
  beforeMu: areaMu,
  afterMu: areaMu,
});
/** What an operator said against the figure, and what was decided; the measured figure stays as it is. */
export const evidenceObjectionSchema = z.object({
  at: instant,
  plate: z.string(),
  reason: z.string(),
  claimedMu: areaMu.nullable(),
  state: z.string(),
  agreedMu: areaMu.nullable(),
  decision: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
});

export const evidenceSchema = z.object({
  field: z.object({
    id: z.string(),
    village: z.string(),
    townName: z.string(),
    countyName: z.string(),
    /** Who asked for the work, where somebody did. */
    farmer: z.string().nullable(),
    polygon: polygonSchema,
    areaMu,
    boundaryVersion: z.number().int(),
  }),
  operation: z.enum(operations),
  /** Of the season; everything folded by then is in it. */
  asOf: instant,
  seasonName: z.string(),
  demo: z.boolean(),
  method: z.object({ name: z.string(), version: z.string(), fold: z.string() }),
  /** Null: no machine worked here yet. */
  work: z
    .object({
      figures: evidenceFiguresSchema,
      machines: z.array(evidenceMachineSchema),
      picture: evidencePictureSchema,
      /** sha256 over figures and cells (server/services/evidence-work.ts): two sheets with the same one say the same. */
      digest: z.string(),
    })
    .nullable(),
  corrections: z.array(evidenceCorrectionSchema),
  objections: z.array(evidenceObjectionSchema),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const shareDays = [7, 30, 365] as const;
/** A link by which somebody without an account reads one sheet. */
export const evidenceShareSchema = z.object({
  id: z.uuid(),
  field: z.string(),
  operation: z.enum(operations),
  year: z.number().int(),
  createdAt: instant,
  expiresAt: instant,
  author: z.string(),
  revoked: z.object({ at: instant, author: z.string() }).nullable(),
});
export type EvidenceShare = z.infer<typeof evidenceShareSchema>;
