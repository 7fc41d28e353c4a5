import * as z from 'zod';
import { polygonSchema } from './registry.ts';

const areaM2 = z.number().min(0);
const band = z.tuple([areaM2, areaM2]);
/** What one track was the first to cover; `track` is the path as it was given. */
const share = z.object({ track: z.string(), coveredM2: areaM2 });

/** Where a working width came from: sent with the fixes, given for the implement, or read from the distance between passes. */
export const widthSources = ['fixes', 'given', 'spacing', 'assumed'] as const;
export type WidthSource = (typeof widthSources)[number];

/** The answer of `npm run measure -- --json`. Areas in m², `coveredM2` with what closing adds; bands hold the truth nine times in ten. */
export const measurementSchema = z.object({
  method: z.object({ name: z.string(), version: z.string() }),
  fields: z.array(
    z.object({
      fieldId: z.string(),
      boundaryAreaM2: areaM2,
      coveredM2: areaM2,
      coveredMu: z.number().min(0),
      overlapM2: areaM2,
      bandM2: band,
      finished: z.boolean(),
      machines: z.array(share),
    }),
  ),
  outsideFieldsM2: areaM2,
  candidates: z.array(z.object({ areaM2, coveredM2: areaM2, polygon: polygonSchema, machines: z.array(share) })),
  distanceTimesWidthM2: areaM2,
  widthM: z.object({ value: z.number().min(0), source: z.enum(widthSources) }),
  /** What a reader should know about the tracks: bad clocks, frozen receivers, positions that look shifted. */
  notes: z.array(z.string()).optional(),
});
export type Measurement = z.infer<typeof measurementSchema>;

export const places = ['field', 'road'] as const;
export type Place = (typeof places)[number];
