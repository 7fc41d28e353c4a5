import * as z from 'zod';
import { importReportSchema } from '../imports.ts';
import { registryFilterSchema, registryLists, registryRowSchema } from '../registry-list.ts';
import { fileReply, none, uploaded } from './route.ts';

const list = z.object({ list: z.enum(registryLists) });
const whole = z.coerce.number().int().min(0).max(1_000_000);

/** Machines, operators, stations, permits and contracts as lists to look through, correct and take out. */
export const registryRoutes = {
  /** A hundred rows from `from` on, and how many there are. */
  registryPage: {
    method: 'get',
    path: '/registry/:list',
    params: list,
    query: registryFilterSchema.extend({ from: whole.default(0) }),
    output: z.object({ total: z.number(), rows: z.array(registryRowSchema) }),
  },
  /** Changes cells of one record as it was at `version`; `conflict` when somebody else changed it, `invalid` names the cell. */
  editRegistry: {
    method: 'put',
    path: '/registry/:list/:id',
    params: list.extend({ id: z.string().max(80) }),
    query: none,
    body: z.object({ version: z.string().max(40), changes: z.record(z.string().max(20), z.string().trim().max(80)) }),
    output: registryRowSchema,
  },
  /** All that a filter finds, as CSV with the columns as named; `as=xlsx` says that a workbook is made of it, which holds fewer rows. */
  exportRegistry: {
    method: 'get',
    path: '/registry/:list/file',
    params: list,
    query: registryFilterSchema.extend({ as: z.enum(['csv', 'xlsx']).default('csv'), language: z.enum(['zh', 'en']).default('zh') }),
    output: fileReply,
  },
  /** Machines or stations from a file while the season runs: reads it and says what it would do; with `apply=true` does it, all or nothing. */
  importRegistry: {
    method: 'post',
    path: '/registry/:list/imports',
    params: z.object({ list: z.enum(['machines', 'stations']) }),
    query: z.object({ apply: z.enum(['true', 'false']).default('false'), name: z.string().max(200).default('') }),
    body: uploaded,
    upload: '64mb',
    needs: 'registry:write',
    output: importReportSchema,
  },
} as const;
