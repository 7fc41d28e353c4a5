import * as z from 'zod';
import { importKinds, importReportSchema } from '../imports.ts';
import { seasonInputSchema, seasonSchema } from '../season.ts';
import { fileReply, none, uploaded } from './route.ts';

const count = z.number().int();
const kind = z.object({ kind: z.enum(importKinds) });

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
    params: z.object({ year: z.coerce.number().int() }),
    query: none,
    body: seasonInputSchema,
    output: seasonSchema,
  },
  /** Reads a file and says what it would do; with `apply=true` does it, all or nothing. */
  importFile: {
    method: 'post',
    path: '/imports/:kind',
    params: kind,
    query: z.object({ apply: z.enum(['true', 'false']).default('false'), name: z.string().max(200).default('') }),
    body: uploaded,
    upload: '64mb',
    needs: 'season:write',
    output: importReportSchema,
  },
  /** A table with the right header and one row as an example. */
  importTemplate: { method: 'get', path: '/imports/:kind/template', params: kind, query: none, output: fileReply },
} as const;
