import * as z from 'zod';
import { machineCardSchema } from '../contract.ts';
import { divisionCodeSchema, machineIdSchema, stationSchema } from '../registry.ts';
import { repairCallSchema, repairChangesSchema, repairLogSchema, repairShownSchema } from '../repair.ts';
import { fileReply, none, uploaded } from './route.ts';

const id = z.object({ id: z.uuid() });

export const repairRoutes = {
  /** The breakdown button of the cab: by an operator, for the own machine. The same id again is the same call. */
  callRepair: { method: 'post', path: '/repairs/call', query: none, body: repairCallSchema, output: repairShownSchema },
  /** What a station's page needs beside its repairs: whom it may hand over to, and which machines it wrote down lately. */
  repairDesk: {
    method: 'get',
    path: '/repairs/desk',
    query: none,
    output: z.object({ station: stationSchema.nullable(), stations: z.array(stationSchema), recent: z.array(machineCardSchema) }),
  },
  /** Open ones by waiting time, closed ones newest first, at most 50 from `from`. Of a station, a unit or a machine: one's own where none is named. */
  listRepairs: {
    method: 'get',
    path: '/repairs',
    query: z.object({
      state: z.enum(['open', 'closed']).default('open'),
      station: z.string().max(40).optional(),
      division: divisionCodeSchema.optional(),
      machine: machineIdSchema.optional(),
      /** Stands in plate, note or parts. */
      q: z.string().trim().max(60).default(''),
      from: z.coerce.number().int().min(0).default(0),
    }),
    /** `asOf`: now, on the season's clock. */
    output: z.object({ asOf: z.number(), total: z.number(), repairs: z.array(repairShownSchema) }),
  },
  /** Written down at a station, or by a dispatcher; the same id again is the same repair. */
  logRepair: { method: 'post', path: '/repairs', query: none, body: repairLogSchema, output: repairShownSchema },
  repair: { method: 'get', path: '/repairs/:id', params: id, query: none, output: repairShownSchema },
  /** `version`: what the changes were made on. A conflict when somebody else changed it since. */
  editRepair: {
    method: 'put',
    path: '/repairs/:id',
    params: id,
    query: none,
    body: z.object({ version: z.number().int().min(1), changes: repairChangesSchema }),
    output: repairShownSchema,
  },
  /** A JPEG, PNG or WebP picture as raw bytes. It is drawn anew, so that nothing but the picture is kept; the same bytes again are the same photo. */
  addPhoto: {
    method: 'post',
    path: '/repairs/:id/photos',
    params: id,
    query: none,
    upload: '2mb',
    body: uploaded,
    output: repairShownSchema,
  },
  removePhoto: {
    method: 'delete',
    path: '/repairs/:id/photos/:photo',
    params: id.extend({ photo: z.string().regex(/^[0-9a-f]{32}$/) }),
    query: none,
    output: repairShownSchema,
  },
  photo: { method: 'get', path: '/photos/:id', params: z.object({ id: z.string().max(40) }), query: none, output: fileReply },
} as const;
