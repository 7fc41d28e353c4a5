import * as z from 'zod';
import { coordinateSystems, importKinds, importReportSchema } from '../imports.ts';
import { unitNowSchema } from '../progress.ts';
import { divisionCodeSchema } from '../registry.ts';
import { daySchema, seasonInputSchema, seasonSchema } from '../season.ts';
import { fileReply, none, uploaded } from './route.ts';

const count = z.number().int();
const year = z.object({ year: z.coerce.number().int() });
const kind = z.object({ kind: z.enum(importKinds) });

export const sealedSeasonSchema = z.object({
  year: count,
  closedAt: z.number(),
  closedUpTo: count,
  author: z.string(),
  digest: z.object({ fixes: count, fixSha256: z.string(), coverageSha256: z.string(), totals: z.record(z.string(), z.number()) }),
  units: z.array(unitNowSchema),
  days: z.array(z.object({ division: divisionCodeSchema, day: daySchema, harvestMu: z.number(), sowMu: z.number() })),
});
export type SealedSeason = z.infer<typeof sealedSeasonSchema>;

/** Creating a season, and filling it from files. */
export const setupRoutes = {
  /** How far the season is set up. */
  setup: {
    method: 'get',
    path: '/setup',
    query: none,
    output: z.object({
      season: seasonSchema.nullable(),
      units: z.object({ city: count, county: count, town: count, withArea: count, withOutline: count }),
      plantedMu: z.number(),
      plannedMu: z.number(),
      machines: count,
      withTerminal: count,
      stations: count,
      fields: count,
      fieldsMu: z.number(),
      contracts: count,
      /** Years of the seasons that are closed. */
      closed: z.array(z.object({ year: count, closedAt: z.number() })),
    }),
  },
  /** The first season, or the one after a season that is closed. `areasFrom`: whose planted and planned areas it starts from. */
  createSeason: {
    method: 'post',
    path: '/seasons',
    query: none,
    body: seasonInputSchema.extend({ areasFrom: z.number().int().optional() }),
    output: seasonSchema,
  },
  editSeason: {
    method: 'put',
    path: '/seasons/:year',
    params: year,
    query: none,
    body: seasonInputSchema,
    output: seasonSchema,
  },
  /** Ends a season for good: `confirm` is its year, typed by hand. */
  closeSeason: {
    method: 'post',
    path: '/seasons/:year/close',
    params: year,
    query: none,
    body: z.object({ confirm: z.string().max(20) }),
    output: seasonSchema,
  },
  /** The figures of a closed season, as they were when it was closed. */
  sealedSeason: { method: 'get', path: '/seasons/:year/sealed', params: year, query: none, output: sealedSeasonSchema },
  /** Reads a file and says what it would do; with `apply=true` does it, all or nothing. */
  importFile: {
    method: 'post',
    path: '/imports/:kind',
    params: kind,
    query: z.object({
      apply: z.enum(['true', 'false']).default('false'),
      name: z.string().max(200).default(''),
      /** Of fields and outlines. */
      system: z.enum(coordinateSystems).default('file'),
      /** Of fields: the town of those that name none. */
      town: z.union([divisionCodeSchema, z.literal('')]).default(''),
    }),
    body: uploaded,
    upload: '64mb',
    needs: 'season:write',
    output: importReportSchema,
  },
  /** A table with the right header and one row as an example. */
  importTemplate: { method: 'get', path: '/imports/:kind/template', params: kind, query: none, output: fileReply },
} as const;
