import * as z from 'zod';
import { importReportSchema, receptionLists } from '../imports.ts';
import { expectedSchema, receptionCountsSchema, visitEntryInputSchema, visitShownSchema } from '../reception.ts';
import { divisionCodeSchema, stationSchema } from '../registry.ts';
import { daySchema, operations } from '../season.ts';
import { fileReply, none, uploaded } from './route.ts';

const id = z.object({ id: z.uuid() });
const list = z.object({ list: z.enum(receptionLists) });

/** Machines from elsewhere, at the stations that receive them. */
export const receptionRoutes = {
  /** The day at a station, or in a unit: who is awaited, who is here, who left. One's own where nothing is named. */
  reception: {
    method: 'get',
    path: '/reception',
    query: z.object({ station: z.string().max(40).optional(), division: divisionCodeSchema.optional() }),
    output: z.object({
      asOf: z.number(),
      day: daySchema,
      station: stationSchema.nullable(),
      stations: z.array(stationSchema),
      /** Who has not come yet: up to three days late, and announced for the next seven. */
      awaited: z.array(expectedSchema.extend({ stationName: z.string() })),
      present: z.array(visitShownSchema),
      /** The latest 100. */
      departed: z.array(visitShownSchema),
      /** Of today, from 00:00. */
      counts: receptionCountsSchema,
    }),
  },
  /** One entry of a visit; the same id again changes nothing. */
  recordVisit: { method: 'post', path: '/reception/entries', query: none, body: visitEntryInputSchema, output: visitShownSchema },
  visit: { method: 'get', path: '/reception/visits/:id', params: id, query: none, output: visitShownSchema },
  /** A code with which the machine's people enrol their phone on the spot. */
  enrolVisit: {
    method: 'post',
    path: '/reception/visits/:id/enrol',
    params: id,
    query: none,
    output: z.object({ path: z.string(), url: z.string().nullable(), expiresAt: z.number() }),
  },
  /** The nearest open requests of the station's county. */
  visitWork: {
    method: 'get',
    path: '/reception/visits/:id/work',
    params: id,
    query: none,
    output: z.object({
      requests: z.array(
        z.object({
          id: z.uuid(),
          placeName: z.string(),
          operation: z.enum(operations),
          openMu: z.number(),
          /** Of it, what this machine can do until the request's end. */
          shareMu: z.number(),
          pricePerMu: z.number().nullable(),
          km: z.number(),
          to: z.number(),
        }),
      ),
    }),
  },
  /** The first order on the spot; `order` is its id, made by the page. Without `areaMu` as much as the machine can do until the request's end. */
  giveVisitWork: {
    method: 'post',
    path: '/reception/visits/:id/work',
    params: id,
    query: none,
    body: z.object({ order: z.uuid(), request: z.uuid(), areaMu: z.number().min(0.1).max(100_000).optional() }),
    output: visitShownSchema,
  },
  /** Expected machines, trained people or overhauled machines from a table: says what it would do; with `apply=true` does it, all or nothing. */
  importReception: {
    method: 'post',
    path: '/reception/imports/:list',
    params: list,
    query: z.object({ apply: z.enum(['true', 'false']).default('false'), name: z.string().max(200).default('') }),
    body: uploaded,
    upload: '8mb',
    needs: 'arrival:plan',
    output: importReportSchema,
  },
  receptionTemplate: { method: 'get', path: '/reception/imports/:list/template', params: list, query: none, output: fileReply },
} as const;
